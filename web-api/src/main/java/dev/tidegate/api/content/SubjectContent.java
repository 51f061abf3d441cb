package dev.tidegate.api.content;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/**
 * What an editor writes of a subject.
 *
 * @param name unique
 * @param examWeight relative weight in the exam; only ratios between subjects matter
 */
record SubjectContent(
        @NotBlank @Size(max = 120) String name,
        @DecimalMin("0.01") @DecimalMax("100") float examWeight) {}
