package dev.tidegate.api.plan;

import java.time.LocalDate;

/** What there is one plan of. */
record UserDay(long userId, LocalDate planDate) {}
