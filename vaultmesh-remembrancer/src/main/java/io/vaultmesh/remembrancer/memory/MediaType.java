package io.vaultmesh.remembrancer.memory;

import java.util.Locale;
import java.util.regex.Pattern;

/** Media types (RFC 6838), as records carry them. */
final class MediaType {

    private static final int MAX_LENGTH = 255;
    private static final String TOKEN = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*";
    private static final Pattern FORM = Pattern.compile(TOKEN + "/" + TOKEN + "(;[ -:<-~]+)*");
    private static final Pattern TEXT =
            Pattern.compile("text/.*|application/((.*\\+)?(json|xml|yaml)|x-yaml|yaml|javascript|x-ndjson|sql|toml)");

    private MediaType() {}

    /** Refuses what is not a type, a subtype and perhaps parameters, in printable ASCII. */
    static void require(String mediaType) {
        if (mediaType.length() > MAX_LENGTH || !FORM.matcher(mediaType).matches()) {
            throw new IllegalArgumentException("media type is \"" + Texts.shown(mediaType)
                    + "\", expected a type and a subtype, as text/plain; charset=utf-8");
        }
    }

    /** Whether people read what has this type: text, JSON, XML, YAML and the like. */
    static boolean isText(String mediaType) {
        return TEXT.matcher(withoutParameters(mediaType)).matches();
    }

    private static String withoutParameters(String mediaType) {
        int end = mediaType.indexOf(';');
        return mediaType
                .substring(0, end < 0 ? mediaType.length() : end)
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
