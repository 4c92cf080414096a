# The peers of benchmarks/speed/raters.py (Debian: r-cran-lme4, r-cran-erm).
#
#     Rscript benchmarks/speed/raters.R RATINGS.csv lme4|erm
#
# lme4: score = criterion + (1 | ratee) + (1 | rater). eRm: a rating scale model of a complete table with one
# column per rater and criterion, by conditional maximum likelihood, which is the nearest that eRm has to raters.
# Prints JSON by hand.
peer <- commandArgs(TRUE)[2]
d <- read.csv(commandArgs(TRUE)[1])
if (peer == "lme4") {
  suppressMessages(library(lme4))
  t <- system.time(m <- lmer(score ~ 0 + criterion + (1 | ratee) + (1 | rater), d))
  cat(sprintf('{"cpu": %f, "wall": %f, "criterion": %.6f}\n', t[[1]] + t[[2]], t[[3]], REMLcrit(m)))
} else {
  suppressMessages(library(eRm))
  d$item <- paste(d$rater, d$criterion)
  w <- reshape(d[, c("ratee", "item", "score")], direction = "wide", idvar = "ratee", timevar = "item")[, -1] - 1
  t <- system.time(m <- RSM(w))
  cat(sprintf('{"cpu": %f, "wall": %f, "criterion": %.6f}\n', t[[1]] + t[[2]], t[[3]], m$loglik))
}
