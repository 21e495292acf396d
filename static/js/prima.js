// Read before Bootstrap Italia's bundle: without this its video player injects a <style>, which the
// Content-Security-Policy forbids.
window.VIDEOJS_NO_DYNAMIC_STYLE = true;
