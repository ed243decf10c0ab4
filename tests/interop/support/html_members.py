"""What readers of microformats and schema.org find of members that few directories have: html_members.py PAGE, which
was made of tests/writers/losses/full.json in German."""

import sys

import extruct
import mf2py

with open(sys.argv[1], encoding="utf-8") as file:
    page = file.read()

cards = [it["properties"] for it in mf2py.parse(doc=page)["items"]]
card = next(it for it in cards if it["name"] == ["Beispiel Ziel"])
assert card["org"] == ["Beispiel"], card
assert card["nickname"] == ["Target", "Second", "Ziel am Ufer"], card
# What a number is for stands beside it and not in it.
assert [it.replace(" ", "") for it in card["tel"]] == ["+254207624001", "+254712345678"], card
assert card["email"] == ["mailto:first@example.org", "mailto:second@example.org"], card
assert card["url"] == ["https://example.org/first", "https://example.org/second"], card
place = card["geo"][0]
assert place["type"] == ["h-geo"], place
assert place["properties"]["latitude"] == ["-1.26"] and place["properties"]["longitude"] == ["36.8"], place

(document,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
assert document["name"] == "Beispiel" and document["identifier"] == "https://example.org/id", document
assert document["alternateName"] == ["Example", "Sample"], document
nodes = {node["name"]: node for node in document["subOrganization"]}
node = nodes["Beispiel Ziel"]
assert node["alternateName"] == ["Target", "Second", {"@value": "Ziel am Ufer", "@language": "de"}], node
points = [{key: value for key, value in it.items() if key != "@type"} for it in node["contactPoint"]]
assert points == [
    {"contactType": "Visas", "telephone": "+254207624001"},
    {"contactType": "Press", "faxNumber": "+254207624002"},
    {"contactType": "Press", "email": "first@example.org"},
    {"contactType": "Appointments", "url": "https://example.org/form"},
    {"url": "https://example.org/other"},
], points
location = node["location"]
assert location["@type"] == "Place", location
assert (location["geo"]["latitude"], location["geo"]["longitude"]) == (-1.26, 36.8), location
hours = location["openingHoursSpecification"]
assert (hours["opens"], hours["closes"]) == ("09:00", "17:00"), hours
days = [day.removeprefix("https://schema.org/") for day in hours["dayOfWeek"]]
assert days == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], days
print(f"{len(cards)} h-cards with a place, labels and names in German")
