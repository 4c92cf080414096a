# Golden numbers for agreement, intraclass correlations, reliability and response surfaces, made by R.
#
#     Rscript tests/golden/agreement/make.R > tests/golden/agreement/expected.json
#
# R 4.2.2 with multilevel 2.7, nlme 3.1-162, psych 2.2.9, jsonlite (Debian: r-cran-multilevel, r-cran-psych,
# r-cran-jsonlite). The answers are made by a rule with no randomness, so that nothing but figures comes from R.

suppressMessages({ library(multilevel); library(nlme); library(psych); library(jsonlite) })

answer <- function(i, j, g, top) ((i * i * 7 + i * j * 3 + j * 5 + g * g * 2 + (i * g) %% 4) %% 11 * 3 + g * 5) %% 13 %% top

table_of <- function(sizes, items, top) {
  g <- rep(seq_along(sizes), sizes)
  x <- sapply(seq_len(items), function(j) answer(seq_along(g), j, g, top) + 1)
  # Half of the groups lean to one option, so that agreement differs.
  lean <- g %% 2 == 0
  x[lean, ] <- pmin(pmax(round((x[lean, ] + 3 * (2 + g[lean] %% (top - 1))) / 4), 1), top)
  list(g = g, x = as.data.frame(x))
}

made <- function(sizes, items, top) {
  d <- table_of(sizes, items, top); g <- d$g; x <- d$x; u <- (top^2 - 1) / 12
  score <- rowMeans(x)
  a <- aov(score ~ as.factor(g))
  m <- lme(score ~ 1, random = ~ 1 | g, data = data.frame(score, g),
           control = lmeControl(opt = "optim", tolerance = 1e-12, msTol = 1e-14, reltol = 1e-15, niterEM = 500))
  v <- as.numeric(VarCorr(m)[, 2])^2
  one <- function(f) { f[[2]] }
  list(
    sizes = sizes, options = top, groups = g, answers = x,
    rwg = one(rwg(x[[1]], g, ranvar = u)), rwg_j = one(rwg.j(x, g, ranvar = u)),
    rwg_star = one(rwg.j.lindell(x, g, ranvar = u)),
    ad_mean = one(ad.m(x, g)), ad_median = one(ad.m(x, g, type = "median")), ad_mean_1 = one(ad.m(x[[1]], g)),
    awg = one(awg(x, g, range = c(1, top))),
    alpha = cronbach(x)$Alpha, icc1 = ICC1(a), icc2 = ICC2(a), f = summary(a)[[1]][1, 4], p = summary(a)[[1]][1, 5],
    icc1_reml = v[1] / sum(v), var_between = v[1], var_within = v[2]
  )
}

scale_of <- function() {
  i <- 1:120
  t <- sin(i * 1.7) + cos(i * 0.37)
  x <- sapply(1:5, function(j) pmin(pmax(round(3.5 + (0.5 + j / 6) * t + 1.2 * sin(i * j * 2.3 + j)), 1), 6))
  x[, 2] <- 7 - x[, 2]
  x[7, 1] <- NA; x[11, 3] <- NA; x[80, 5] <- NA
  keyed <- x; keyed[, 2] <- 7 - keyed[, 2]
  a <- suppressWarnings(psych::alpha(as.data.frame(keyed), check.keys = FALSE))
  R <- cor(keyed, use = "pairwise")
  f <- fa(R, 1, fm = "minres")
  ci <- alpha.ci(a$total$raw_alpha, n.obs = sum(complete.cases(keyed)), n.var = 5, p.val = 0.2, digits = 10)
  list(answers = x, reverse = 2, alpha = a$total$raw_alpha, alpha_standard = a$total$std.alpha,
       mean_correlation = a$total$average_r, alpha_without = a$alpha.drop$raw_alpha,
       omega = (sum(R) - sum(f$uniquenesses)) / sum(R), loadings = as.numeric(f$loadings),
       low = ci$lower.ci, high = ci$upper.ci)
}

surface_of <- function() {
  i <- 1:150
  x <- round(3 + 1.1 * sin(i * 1.3) + 0.4 * cos(i * 7.1), 2); y <- round(3 + 0.9 * cos(i * 0.9) + 0.3 * sin(i * 5.3), 2)
  z <- round(2 + 0.3 * x + 0.2 * y - 0.25 * (x - y)^2 + (0.3 + 0.1 * x) * sin(i * 3.7), 3)
  X <- x - 3; Y <- y - 3
  m <- lm(z ~ X + Y + I(X^2) + I(X * Y) + I(Y^2)); l <- lm(z ~ X + Y)
  D <- model.matrix(m); b <- coef(m)
  bread <- solve(crossprod(D)); hc0 <- bread %*% crossprod(D * residuals(m)) %*% bread
  A <- rbind(a1 = c(0, 1, 1, 0, 0, 0), a2 = c(0, 0, 0, 1, 1, 1), a3 = c(0, 1, -1, 0, 0, 0),
             a4 = c(0, 0, 0, 1, -1, 1), a5 = c(0, 0, 0, 1, 0, -1))
  B <- unname(b)
  x0 <- (B[3] * B[5] - 2 * B[2] * B[6]) / (4 * B[4] * B[6] - B[5]^2)
  y0 <- (B[2] * B[5] - 2 * B[3] * B[4]) / (4 * B[4] * B[6] - B[5]^2)
  p11 <- (B[6] - B[4] + sqrt((B[4] - B[6])^2 + B[5]^2)) / B[5]
  list(own = x, others = y, outcome = z, b = B, se_ols = unname(sqrt(diag(vcov(m)))), se_hc0 = unname(sqrt(diag(hc0))),
       a = as.numeric(A %*% b), a_se_ols = as.numeric(sqrt(diag(A %*% vcov(m) %*% t(A)))),
       a_se_hc0 = as.numeric(sqrt(diag(A %*% hc0 %*% t(A)))),
       r2 = summary(m)$r.squared, r2_linear = summary(l)$r.squared, p_curved = anova(l, m)[2, 6],
       peak = c(x0, y0), ridge = c(p11, y0 - p11 * x0))
}

# What one random group in twenty reaches, by multilevel's own loops. cors: correlation of the items before cutting.
chance_of <- function(size, items, options, cor) {
  set.seed(1)
  cors <- if (cor > 0) matrix(cor, items, items) + diag(1 - cor, items)
  r <- rwg.j.sim(size, items, options, cors, nrep = 4000)
  a <- if (cor > 0) ad.m.sim(size, items, options, cors, nrep = 4000) else ad.m.sim(size, items, options, nrep = 4000)
  list(size = size, items = items, options = options, correlation = cor,
       rwg_j = unname(quantile(r$rwg, 0.95)), ad_mean = unname(quantile(a$ad.m, 0.05)))
}

told <- list(
  chance = list(chance_of(5, 3, 5, 0), chance_of(10, 6, 5, 0), chance_of(10, 6, 5, 0.4), chance_of(20, 4, 7, 0.6)),
  tables = list(made(c(4, 7, 5, 12, 2, 9, 6, 15), 5, 5), made(c(3, 8, 1, 10, 20, 6), 1 + 2, 7), made(rep(6, 10), 4, 4)),
  scale = scale_of(), surface = surface_of(),
  versions = list(R = R.version.string, multilevel = as.character(packageVersion("multilevel")),
                  nlme = as.character(packageVersion("nlme")), psych = as.character(packageVersion("psych")))
)
cat(toJSON(told, digits = NA, auto_unbox = TRUE, dataframe = "values", na = "null", null = "null"), "\n")
