# Golden numbers of tests/reference/test_raters.py: the crossed linear model by lme4.
#
#     Rscript tests/golden/raters/make.R ../shared/data/rater_severity/sirt_data.ratings1.csv > tests/golden/raters/lme4.json
#
# Made with R 4.2.2 and lme4 1.1-31 (Debian: r-cran-lme4).
suppressMessages(library(lme4))
d <- read.csv(commandArgs(TRUE)[1])
l <- reshape(d, direction = "long", varying = paste0("k", 1:5), v.names = "y", times = paste0("k", 1:5), timevar = "item")
l$idstud <- factor(l$idstud)
row <- function(x) paste0("[", paste(sprintf("%.10f", x), collapse = ", "), "]")
told <- function(formula, order) {
  m <- lmer(formula, l, control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10)))
  v <- as.data.frame(VarCorr(m)); v <- setNames(v$vcov, v$grp)[order]; v[is.na(v)] <- 0
  sprintf('{"reml": %.9f, "variances": %s, "raters": %s, "criteria": %s}', REMLcrit(m), row(v), row(ranef(m)$rater[[1]]), row(fixef(m)))
}
order <- c("idstud", "rater", "idstud:rater", "Residual")
cat('{"made_with": "', R.version.string, ', lme4 ', as.character(packageVersion("lme4")), '",\n', sep = "")
cat('"ratee_rater":', told(y ~ 0 + item + (1 | idstud) + (1 | rater), order), ',\n')
cat('"ratee_rater_pair":', told(y ~ 0 + item + (1 | idstud) + (1 | rater) + (1 | idstud:rater), order), '}\n')
