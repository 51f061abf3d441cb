package dev.tidegate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That data cannot become SQL text is shown by compiling attempts with the build's compiler and Error Prone. */
class CompileTimeSqlTest {

    @TempDir
    Path classes;

    @Test
    void constantTextCompiles() {
        assertThat(errorsIn("return Sql.of(\"Snippet.run\", \"select 1 from users where id = $1\");"))
                .isEmpty();
    }

    @Test
    void constantsJoinedToAConstantCompile() {
        assertThat(errorsIn("""
                final String columns = "id, time_zone";
                return Sql.of("Snippet.run", "select " + columns + " from users");
                """)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return Sql.of(\"Snippet.run\", \"select \" + userInput);",
                "return Sql.of(\"Snippet.run\", userInput);",
                "return Sql.of(userInput, \"select 1\");",
                "return Sql.of(\"Snippet.run\", \"select %s\".formatted(userInput));",
                "return Sql.of(\"Snippet.run\", String.format(\"select %s\", userInput));",
                "return Sql.of(\"Snippet.run\", String.join(\" or \", userInput, userInput));",
                "return Sql.of(\"Snippet.run\", \"select #\".replace(\"#\", userInput));",
                "return Sql.of(\"Snippet.run\", new StringBuilder(\"select \").append(userInput).toString());",
                "String text = \"select 1\"; text += userInput; return Sql.of(\"Snippet.run\", text);",
                "return userInput.isEmpty() ? null : Sql.of(\"Snippet.run\", System.getProperty(\"sql\"));",
                "java.util.function.BiFunction<String, String, Sql> of = Sql::of; return of.apply(userInput, userInput);",
            })
    void textThatHoldsDataDoesNotCompile(String body) {
        assertThat(errorsIn(body))
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error).contains("[CompileTimeConstant]"));
    }

    /** Compiles a method of one parameter, {@code userInput}, and returns the compiler's errors. */
    private List<String> errorsIn(String body) {
        String source = """
                import dev.tidegate.sql.Sql;

                class Snippet {
                    static Sql run(String userInput) {
                        %s
                    }
                }
                """.formatted(body);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        List<String> options = List.of(
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                "-XDcompilePolicy=simple",
                "--should-stop=ifError=FLOW",
                "-XDaddTypeAnnotationsToSymbol=true",
                "-Xplugin:ErrorProne -XepDisableAllChecks -Xep:CompileTimeConstant:ERROR");
        boolean compiled = compiler.getTask(null, null, diagnostics, options, null, List.of(new Source(source)))
                .call();
        List<String> errors = diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(null))
                .toList();
        assertThat(compiled).isEqualTo(errors.isEmpty());
        return errors;
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///Snippet.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
