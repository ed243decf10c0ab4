// KContacts, KDE's reader: prints records.
#include <KContacts/Addressee>
#include <KContacts/VCardConverter>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>

static QJsonArray sorted(QStringList names) {
    names.sort();
    return QJsonArray::fromStringList(names);
}

static QJsonArray types(const KContacts::Address &it) {
    using A = KContacts::Address;
    QStringList names;
    if (it.type() & A::Work) names << "work";
    if (it.type() & A::Parcel) names << "parcel";
    if (it.type() & A::Postal) names << "postal";
    if (it.type() & A::Home) names << "home";
    return sorted(names);
}

static QJsonArray types(const KContacts::PhoneNumber &it) {
    using P = KContacts::PhoneNumber;
    QStringList names;
    if (it.type() & P::Work) names << "work";
    if (it.type() & P::Voice) names << "voice";
    if (it.type() & P::Fax) names << "fax";
    if (it.type() & P::Cell) names << "cell";
    if (it.type() & P::Home) names << "home";
    return sorted(names);
}

int main(int, char **argv) {
    QFile file(argv[1]);
    if (!file.open(QIODevice::ReadOnly)) return 1;
    for (const auto &card : KContacts::VCardConverter().parseVCards(file.readAll())) {
        QJsonArray adr, tel, url, org, nick;
        for (const auto &it : card.addresses())
            adr << QJsonObject{{"types", types(it)},
                               {"parts", QJsonArray{it.postOfficeBox(), it.extended(), it.street(), it.locality(),
                                                    it.region(), it.postalCode(), it.country()}}};
        for (const auto &it : card.phoneNumbers())
            tel << QJsonObject{{"types", types(it)}, {"number", it.number()}};
        for (const auto &it : card.extraUrlList()) url << it.url().toString(QUrl::FullyEncoded);
        org << card.organization();
        if (!card.department().isEmpty()) org << card.department();
        if (!card.nickName().isEmpty()) nick << card.nickName();
        QJsonObject record{{"uid", card.uid()}, {"name", card.formattedName()}, {"org", org},
                           {"nick", nick}, {"adr", adr}, {"tel", tel}, {"url", url},
                           {"email", QJsonArray::fromStringList(card.emails())}};
        puts(QJsonDocument(record).toJson(QJsonDocument::Compact).constData());
    }
}
