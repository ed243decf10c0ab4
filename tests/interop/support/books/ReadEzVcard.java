import ezvcard.Ezvcard;
import ezvcard.VCard;
import ezvcard.VCardVersion;
import ezvcard.ValidationWarnings;
import ezvcard.io.ParseWarning;
import ezvcard.property.Address;
import ezvcard.property.Organization;
import ezvcard.property.RawProperty;
import ezvcard.property.Telephone;
import ezvcard.property.VCardProperty;
import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import java.io.File;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** ez-vcard: prints records; warnings of the parser and of validate() go to standard error, with exit code 1. */
public class ReadEzVcard {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        List<List<ParseWarning>> parserWarnings = new ArrayList<>();
        int warnings = 0;
        int count = 0;
        for (VCard card : Ezvcard.parse(new File(arguments[0])).warnings(parserWarnings).all()) {
            ValidationWarnings found = card.validate(card.getVersion());
            if (!found.isEmpty()) {
                warnings++;
                System.err.println(card.getFormattedName().getValue() + ": " + found);
            }
            count++;
            out.println(record(card));
        }
        out.flush();
        for (List<ParseWarning> list : parserWarnings) {
            warnings += list.size();
            list.forEach(System.err::println);
        }
        System.err.println("ez-vcard validate(): " + count + " cards, " + warnings + " warnings");
        System.exit(warnings == 0 ? 0 : 1);
    }

    static String record(VCard card) {
        List<String> org = new ArrayList<>();
        for (Organization it : card.getOrganizations()) org.addAll(it.getValues());
        List<String> nick = card.getNicknames().stream().flatMap(it -> it.getValues().stream()).collect(Collectors.toList());
        return "{\"uid\":" + text(card.getUid().getValue())
            + ",\"name\":" + text(card.getFormattedName().getValue())
            + ",\"org\":" + list(org, ReadEzVcard::text)
            + ",\"nick\":" + list(nick, ReadEzVcard::text)
            + ",\"adr\":" + list(card.getAddresses(), ReadEzVcard::address)
            + ",\"tel\":" + list(card.getTelephoneNumbers(), ReadEzVcard::telephone)
            + ",\"url\":" + list(card.getUrls(), it -> text(it.getValue()))
            + ",\"email\":" + list(card.getEmails(), it -> text(it.getValue()))
            + ",\"label\":" + list(labels(card), ReadEzVcard::text) + "}";
    }

    /** The labels of values, which are in groups with them. */
    static List<String> labels(VCard card) {
        List<VCardProperty> labelled = new ArrayList<>(card.getTelephoneNumbers());
        labelled.addAll(card.getEmails());
        labelled.addAll(card.getUrls());
        List<String> labels = new ArrayList<>();
        for (VCardProperty it : labelled) {
            for (RawProperty label : card.getExtendedProperties("X-ABLabel")) {
                if (it.getGroup() != null && it.getGroup().equals(label.getGroup())) {
                    labels.add(VObjectPropertyValues.unescape(label.getValue()));
                }
            }
        }
        return labels;
    }

    static String address(Address it) {
        List<List<String>> parts = List.of(it.getPoBoxes(), it.getExtendedAddresses(), it.getStreetAddresses(),
            it.getLocalities(), it.getRegions(), it.getPostalCodes(), it.getCountries());
        return "{\"types\":" + types(it.getTypes().stream().map(type -> type.getValue()).collect(Collectors.toList()))
            + ",\"parts\":" + list(parts, part -> text(String.join("\n", part))) + "}";
    }

    static String telephone(Telephone it) {
        return "{\"types\":" + types(it.getTypes().stream().map(type -> type.getValue()).collect(Collectors.toList()))
            + ",\"number\":" + text(it.getText()) + "}";
    }

    static String types(List<String> types) {
        return list(types.stream().map(String::toLowerCase).sorted().collect(Collectors.toList()), ReadEzVcard::text);
    }

    static <T> String list(List<T> items, Function<T, String> shown) {
        return items.stream().map(shown).collect(Collectors.joining(",", "[", "]"));
    }

    static String text(String text) {
        if (text == null) return "null";
        StringBuilder shown = new StringBuilder("\"");
        for (char it : text.toCharArray()) {
            if (it < 0x20 || it == '"' || it == '\\') shown.append(String.format("\\u%04x", (int) it));
            else shown.append(it);
        }
        return shown.append('"').toString();
    }
}
