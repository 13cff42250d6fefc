package io.ordeal.campaign.read;

import io.ordeal.schemas.load.Credentials;
import io.ordeal.schemas.load.CredentialsKind;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what users authenticate with, the names of environment variables: `{bearer: SHOP_TOKEN}` or
/// `{basic: {user: SHOP_USER, password: SHOP_PASSWORD}}`.
final class CredentialsReader {
    private static final Pattern NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");

    private CredentialsReader() {}

    static Optional<Credentials> read(Yaml value, Problems problems) {
        return Fields.open(value, Keys.AUTH, "`auth`", problems)
                .flatMap(fields -> fields.oneOf(Keys.AUTH.allowed(), "`basic` or `bearer`"))
                .flatMap(entry -> entry.key().equals("bearer")
                        ? variable(entry.value(), problems)
                                .map(name -> new Credentials(CredentialsKind.BEARER, "", name))
                        : basic(entry.value(), problems));
    }

    private static Optional<Credentials> basic(Yaml value, Problems problems) {
        return Fields.open(value, Keys.BASIC, "`basic`", problems).flatMap(fields -> {
            var user = fields.required("user", CredentialsReader::variable);
            var password = fields.required("password", CredentialsReader::variable);
            return user.flatMap(name -> password.map(secret -> new Credentials(CredentialsKind.BASIC, name, secret)));
        });
    }

    /// What stands there may be the secret itself: no message repeats it.
    private static Optional<String> variable(Yaml value, Problems problems) {
        return Values.scalar(value, "the name of an environment variable", problems)
                .map(Yaml.Scalar::text)
                .filter(name -> NAME.matcher(name).matches())
                .or(() -> problems.refuse(new DocumentProblem(
                                Code.SECRET, "here stands no name of an environment variable", value.place())
                        .noting("help: `export SHOP_TOKEN=...` where the generator runs, and write `SHOP_TOKEN` here; "
                                + "secrets do not belong into documents")));
    }
}
