package dev.tidegate.api.content;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an editor writes of an exercise.
 *
 * @param position order within the topic, unique there
 * @param instructions Markdown
 * @param minutes estimated time
 * @param assets the files it shows, in order
 */
record ExerciseContent(
        @Positive int topicId,
        @Min(1) @Max(10_000) int position,
        @NotBlank @Size(max = 200) String title,
        @NotBlank @Size(max = 200_000) String instructions,
        @Min(1) @Max(240) int minutes,
        @NotNull @Size(max = 20) List<@NotNull @Valid Asset> assets) {

    /**
     * A file in object storage.
     *
     * @param mediaType e.g. {@code image/png}
     * @param fileName its name there
     * @param caption text for readers who cannot see it; may be empty
     */
    @Schema(name = "ExerciseAsset")
    record Asset(
            @NotNull
            @Size(max = 100)
            @Pattern(regexp = "[a-z]+/[a-z0-9.+-]+", message = "takes a media type such as image/png")
            String mediaType,

            @NotBlank @Size(max = 200) String fileName,
            @NotNull @Size(max = 1000) String caption) {}
}
