"""Subdivisions by ISO 3166-2 beside those that Google's data has, for make-table.py.

Google's rows are what posts write, in some countries with codes of years ago, and in many under one name each.
Here each is given its present code, its former ones and the names of ISO 3166-2 and of CLDR, and
subdivisions that posts do not sort by (regions of Italy, communities of Spain) get rows of their own.
"""
import re
import unicodedata

# Google's rows that neither code nor name lead to their code.
CODES = {
    # The province's tasks are the region's, which ISO 3166-2 has alone since 2019.
    ("IT", "AO"): "23",
    ("TW", "金門縣"): "KIN",
    ("TW", "連江縣"): "LIE",
}

# Codes that were withdrawn, where neither CLDR's aliases nor the history of ISO 3166-2 name the successor.
FORMER = {
    "IN": {"DD": "DH", "DN": "DH", "UL": "UK"},
    "IT": {"CI": "SU", "OG": "NU", "OT": "SS", "VS": "SU"},
    "MX": {"DF": "CMX", "DIF": "CMX"},
}

# Names that neither list has: (country, code) to names.
NAMES = {
    ("CN", "NM"): ["Inner Mongolia"],
    ("ES", "PM"): ["Baleares"],
    # Names of until 2011, 2006, 2007, 2016 and 2002, which addresses still have.
    ("IN", "OD"): ["Orissa"],
    ("IN", "PY"): ["Pondicherry"],
    ("IN", "UK"): ["Uttaranchal"],
    ("MX", "CMX"): ["Distrito Federal"],
    ("TR", "33"): ["İçel"],
    # In full, and in both languages.
    ("IT", "BZ"): ["Bolzano-Bozen", "Alto Adige", "Südtirol"],
    ("IT", "RC"): ["Reggio di Calabria"],
    ("IT", "RE"): ["Reggio nell'Emilia"],
    # ISO 3166-2 has those of all official languages, the package one of them.
    ("ES", "NC"): ["Comunidad Foral de Navarra", "Navarra"],
    ("ES", "PV"): ["País Vasco"],
    ("IT", "23"): ["Valle d'Aosta"],
    # ISO 3166-2 romanizes them by the country's own system since 2024.
    ("KP", "01"): ["Phyeongyang"],
    ("KP", "02"): ["Phyeongannamto"],
    ("KP", "03"): ["Phyeonganpukto"],
    ("KP", "04"): ["Jakangto"],
    ("KP", "05"): ["Hwanghainamto"],
    ("KP", "06"): ["Hwanghaipukto"],
    ("KP", "08"): ["Hamkyeongnamto"],
    ("KP", "09"): ["Hamkyeongpukto"],
    ("KP", "10"): ["Ryangkangto"],
    # Google's romanization of these is no usual one; this is BGN/PCGN's, which ISO 3166-2 has too.
    ("RU", "AL"): ["Respublika Altay"],
    ("RU", "BU"): ["Respublika Buryatiya"],
    ("RU", "KB"): ["Kabardino-Balkarskaya Respublika"],
    ("RU", "KK"): ["Respublika Khakasiya"],
    ("RU", "KR"): ["Respublika Kareliya"],
    ("RU", "NEN"): ["Nenetskiy avtonomnyy okrug"],
    ("RU", "SE"): ["Respublika Severnaya Osetiya"],
    ("RU", "UD"): ["Udmurtskaya Respublika"],
    ("RU", "YAN"): ["Yamalo-Nenetskiy avtonomnyy okrug"],
    ("RU", "YEV"): ["Yevreyskaya avtonomnaya oblast'"],
}

# Corrections of Google's facts: (country, key) to the fields that are others.
CORRECTIONS = {
    # Ministry of the Interior and Safety: special self-governing provinces since 2023-06-11 and 2024-01-18.
    ("KR", "강원도"): {"key": "강원특별자치도", "names": ["강원도", "Gangwon State"]},
    ("KR", "전라북도"): {"key": "전북특별자치도", "names": ["전라북도", "Jeonbuk State"]},
    # PHLPost, ZIP code locator, and GeoNames: Tabuk in Kalinga is 3800, and towns of new codes.
    ("PH", "Apayao"): {"zip": "380[7-9]|381[0-4]"},
    ("PH", "Basilan"): {"zip": "73[01]"},
    ("PH", "Bohol"): {"zip": "63[0-4]"},
    ("PH", "Cavite"): {"zip": "41[0-3]"},
    ("PH", "Davao del Sur"): {"zip": "80[0-2]"},
    ("PH", "Guimaras"): {"zip": "504[4-8]"},
    ("PH", "Kalinga"): {"zip": "380[0-8]"},
    ("PH", "Maguindanao"): {"zip": "96[0-3]"},
    ("PH", "Sarangani"): {"zip": "8015|950[1-3]|951[4-7]"},
    ("PH", "Tawi-Tawi"): {"zip": "75[01]"},
    # Constitution of 1999, article 18.
    ("VE", "Distrito Federal"): {
        "key": "Distrito Capital", "name": "Distrito Capital", "names": ["Distrito Federal"],
    },
}

# Countries whose codes cross the borders of departments: GeoNames has 60 of Uruguay's 159 areas in another one.
WITHOUT_PREFIXES = {"UY"}

# Words of a name that say what kind of subdivision it is, as `subdivisions.rs` has them.
KINDS = set((
    "administrative autonomous canton comunidad county departamento department district do estado foral "
    "fu governing governorate ken krai kray metropolitan municipality oblast okrug parish prefecture "
    "province provincia region región republic respublika self sheng shi si special state territories "
    "territory to республика "
).split())

# Letters that have no decomposition.
LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe",
    "և": "եւ", "台": "臺",
})
# Accents, letters that are marks, and punctuation.
DROPPED = re.compile("[\\0-/:-`{-\\xbf\u02b0-\u036f\u2000-\u206f\u3000-\u303f]")


def fold(text):
    """Small letters and digits without accents, as `subdivisions.rs` folds what it looks for."""
    small = "".join(c.lower() for c in text)
    apart = unicodedata.normalize("NFD", small).translate(LETTERS)
    return "".join(c for c in apart if not DROPPED.match(c))


def variants(name):
    """A name of ISO 3166-2, which writes "Asturias, Principado de" and "A Coruña [La Coruña]"."""
    found = [name]
    match = re.fullmatch(r"(.+?) ?[\[(](.+)[\])]", name)
    if match:
        found += match.groups()
    if name.count(", ") == 1:
        head, tail = name.split(", ")
        found += [head, f"{tail} {head}"]
    words = re.split("[ -]", name)
    while len(words) > 1 and words[-1].lower() in KINDS:
        words.pop()
    found.append(" ".join(words))
    if name.startswith("Saint "):
        found.append(name.replace("Saint ", "St. ", 1))
    return found


def is_latin(text):
    return all("LATIN" in unicodedata.name(c, "") for c in text if c.isalpha())


class Row:
    """A subdivision; `names` are those that nobody else's row may take away."""

    def __init__(self, key, name, latin, postal_code, code="", parent=""):
        self.key, self.name, self.latin, self.postal_code = key, name, latin, postal_code
        self.code, self.parent, self.former = code, parent, set()
        self.names = [text for text in (key, name, latin) if text]


def add_codes(country, rows, iso, former):
    """Gives Google's rows their present codes; whatever of ISO 3166-2 has none then becomes a row."""
    by_name = {}
    # Provinces before the communities of the same name.
    for code, entry in sorted(iso.items(), key=lambda item: (not item[1]["parentCode"], item[0])):
        for name in variants(entry["name"]):
            by_name.setdefault(fold(name), code)
    for row in rows:
        known = row.code
        if (country, row.key) in CODES:
            row.code = CODES[country, row.key]
        elif known in iso:
            continue
        elif known in former:
            row.code = former[known]
        elif row.key in iso:
            row.code = row.key
        else:
            row.code = next((by_name[fold(name)] for name in row.names if fold(name) in by_name), "")
        if known and known != row.code:
            row.former.add(known)
    taken = [row.code for row in rows if row.code]
    if len(taken) != len(set(taken)):
        raise SystemExit(f"{country}: two rows have one code: {sorted(taken)}")
    rows += [Row("", variants(entry["name"])[0], "", "", code=code)
             for code, entry in sorted(iso.items()) if code not in taken]
    for row in rows:
        if row.code:
            parent = iso[row.code]["parentCode"] or ""
            row.parent = parent[len(country) + 1:]
        row.former |= {old for old, new in former.items() if new == row.code and old not in iso}


def former_codes(country, iso, aliases):
    """Withdrawn code to the present one, along chains of changes."""
    found = dict(FORMER.get(country, {}))
    change = re.compile(rf"{country}-([A-Z0-9]+) -> {country}-([A-Z0-9]+)")
    for entry in iso.values():
        for event in entry["history"] or []:
            for old, new in change.findall(event["Change"]):
                found.setdefault(old, new)
    # After the history: CLDR has Inner Mongolia's wrong.
    for old, new in aliases.items():
        if old[:2].upper() == country and new["_replacement"][:2].upper() == country:
            found.setdefault(old[2:].upper(), new["_replacement"][2:].upper())

    def last(code):
        for _ in found:
            code = code if code in iso else found.get(code, code)
        return code
    return {old: last(old) for old in found if old not in iso and last(old) in iso}


def add_names(country, rows, iso, english):
    """Names of ISO 3166-2, and others as far as they are not the official name of another row."""
    for row in rows:
        # What is sorted by is trimmed too: "Kinmen County", "Gangwon-do".
        row.names += [other for name in row.names for other in variants(name)]
        if row.code:
            row.names += variants(iso[row.code]["name"])
        row.names += NAMES.get((country, row.code), [])
    owners = {}
    for row in rows:
        for name in row.names:
            owners.setdefault(fold(name), []).append(row)
    for row in rows:
        others = [english.get((country + code).lower(), "") for code in (row.code, *sorted(row.former))]
        local = (iso[row.code]["localOtherName"] or "") if row.code else ""
        # Latin ones are left out: many are nicknames.
        others += [name for name, _ in re.findall(r"([^,]+?) \((\w+)\)", local) if not is_latin(name)]
        row.names += [name for name in others if row in owners.get(fold(name), [row])]


def name_index(rows):
    """One sorted line of all folded names and codes with the positions of their rows; a code has `#` in front, a
    former one `!`."""
    index = {}
    for at, row in enumerate(rows):
        texts = {fold(name) for name in row.names}
        texts |= {"#" + row.code.lower()} if row.code else set()
        texts |= {"!" + code.lower() for code in row.former}
        for text in texts - {""}:
            index.setdefault(text, []).append(at)
    return "|".join(f"{text}={','.join(map(str, index[text]))}" for text in sorted(index, key=str.encode))


def complete(country, rows, iso, english, aliases):
    """Google's rows with all of that, and their index of names."""
    iso = {code[3:]: entry for code, entry in iso.get(country, {}).items()}
    for row in rows:
        correction = CORRECTIONS.get((country, row.key), {})
        row.names += correction.get("names", [])
        row.key = correction.get("key", row.key)
        row.name = correction.get("name", row.name)
        row.names += [row.key, row.name]
        row.postal_code = "" if country in WITHOUT_PREFIXES else correction.get("zip", row.postal_code)
    add_codes(country, rows, iso, former_codes(country, iso, aliases))
    add_names(country, rows, iso, english)
    return name_index(rows)
