# The peer of benchmarks/speed/agreement.py: the same indices by R's multilevel (Debian: r-cran-multilevel).
#
#     Rscript benchmarks/speed/agreement.R ANSWERS.csv
#
# Prints JSON by hand, so that nothing but multilevel is needed: CPU and wall seconds of each index and its mean.
suppressMessages(library(multilevel))
d <- read.csv(commandArgs(TRUE)[1]); g <- d$team; x <- d[, -1]
timed <- function(name, work) {
  t <- system.time(found <- work())
  sprintf('"%s": {"cpu": %f, "wall": %f, "mean": %.12f}', name, t[[1]] + t[[2]], t[[3]], mean(found[[2]], na.rm = TRUE))
}
told <- c(
  timed("rwg", function() rwg(x[[1]], g, ranvar = 2)), timed("rwg_j", function() rwg.j(x, g, ranvar = 2)),
  timed("ad_1", function() ad.m(x[[1]], g)), timed("ad", function() ad.m(x, g))
)
cat("{", paste(told, collapse = ", "), "}\n")
