<?php
// Roundcube's import of vCards: read_roundcube_vcards.php LIBRARY FILE.vcf; prints records. It has no UIDs, no labels
// and no types beyond the first of an address, so these are left out.
require __DIR__ . '/roundcube.php';

foreach (rcube_vcard::import(file_get_contents($argv[2])) as $card) {
    $found = $card->get_assoc();
    $all = function ($name) use ($found) {
        $values = [];
        foreach ($found as $key => $items) if (strtok($key, ':') === $name) array_push($values, ...array_values($items));
        return $values;
    };
    $parts = ['street', 'locality', 'region', 'zipcode', 'country'];
    echo json_encode([
        'uid' => null,
        'name' => $found['name'],
        'org' => [$found['organization']],
        'nick' => isset($found['nickname']) ? [$found['nickname']] : [],
        'adr' => array_map(fn($it) => ['types' => null, 'parts' => ['', '', ...array_map(fn($part) => $it[$part], $parts)]], $all('address')),
        'tel' => array_map(fn($it) => ['types' => null, 'number' => $it], $all('phone')),
        'url' => $all('website'),
        'email' => $all('email'),
    ], JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR), "\n";
}
