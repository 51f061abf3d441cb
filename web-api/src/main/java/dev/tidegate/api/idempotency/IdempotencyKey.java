package dev.tidegate.api.idempotency;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value of an {@code Idempotency-Key} header: 1 to 200 visible ASCII characters. */
@Documented
@Constraint(validatedBy = {})
@Pattern(regexp = "[\\x21-\\x7e]{1,200}")
@ReportAsSingleViolation
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface IdempotencyKey {

    /** Name of the header. */
    String HEADER = "Idempotency-Key";

    String message() default "Idempotency-Key takes 1 to 200 visible ASCII characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
