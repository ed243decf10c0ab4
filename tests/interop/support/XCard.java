import ezvcard.Ezvcard;
import ezvcard.VCard;
import ezvcard.io.ParseWarning;
import ezvcard.property.Address;
import ezvcard.property.Telephone;
import ezvcard.property.Url;
import java.io.File;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What ez-vcard reads of a file: a line for each card, and one of its complaints before them. */
public class XCard {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        List<List<ParseWarning>> warnings = new ArrayList<>();
        List<VCard> cards = Ezvcard.parseXml(new File(arguments[0])).warnings(warnings).all();
        warnings.forEach(list -> list.forEach(out::println));
        for (VCard card : cards) {
            String phones = card.getTelephoneNumbers().stream()
                .map(Telephone::getText).sorted().collect(Collectors.joining(","));
            String countries = card.getAddresses().stream()
                .map(Address::getCountry).collect(Collectors.joining(","));
            String codes = card.getAddresses().stream()
                .map(it -> String.valueOf(it.getPostalCode())).collect(Collectors.joining(","));
            String urls = card.getUrls().stream().map(Url::getValue).collect(Collectors.joining(","));
            out.println(String.join("\t", card.getUid().getValue(), card.getKind().getValue(),
                card.getFormattedName().getValue(), phones, countries, codes, urls));
        }
    }
}
