"""Pages of the top floor: fetch, predicate, context, render."""
