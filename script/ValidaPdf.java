// Called by script/valida-pdf: java ValidaPdf.java FILE.pdf… prints one line for each file and each profile,
// and the failed rules below it. Exit status: how many of them failed (at most 100).
import java.io.FileInputStream;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.validation.profiles.Profiles;

public class ValidaPdf {
    public static void main(String[] file) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        int respinti = 0;
        for (String nome : new String[] {"PDFA-3A", "PDFUA-1"}) {
            InputStream regole = Foundries.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + nome + ".xml");
            var profilo = Profiles.profileFromXml(regole);
            for (String pdf : file) {
                try (var lettore = Foundries.defaultInstance().createParser(new FileInputStream(pdf), profilo.getPDFAFlavour());
                        var giudice = Foundries.defaultInstance().createValidator(profilo, false)) {
                    var esito = giudice.validate(lettore);
                    System.out.printf("%-8s %-10s %s%n", nome, esito.isCompliant() ? "conforme" : "RESPINTO", pdf);
                    respinti += esito.isCompliant() ? 0 : 1;
                    esito.getFailedChecks().forEach((regola, volte) -> System.out.printf("    regola %s-%d, %d volte: %s%n",
                        regola.getClause(), regola.getTestNumber(), volte, profilo.getRuleByRuleId(regola).getDescription()));
                }
            }
        }
        System.exit(Math.min(respinti, 100));
    }
}
