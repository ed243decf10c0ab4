<?php
// Roundcube's CSV import: read_roundcube.php LIBRARY FILE.csv; prints name, addresses, phones and URLs, one contact a line.
require __DIR__ . '/roundcube.php';

$reader = new rcube_csv2vcard();
$reader->import(file_get_contents($argv[2]));
foreach ($reader->export() as $card) {
    // The organisation is not among the values until the card is read; its own folds are taken out before.
    $found = (new rcube_vcard(preg_replace('/\r?\n /', '', $card->export())))->get_assoc();
    $all = function ($prefix) use ($found) {
        $values = [];
        foreach ($found as $key => $items) if (strpos($key, $prefix) === 0) array_push($values, ...array_values($items));
        return $values;
    };
    echo json_encode(['organization' => $found['organization'] ?? null, 'address' => $all('address'),
        'phone' => $all('phone'), 'website' => $all('website')], JSON_UNESCAPED_UNICODE), "\n";
}
