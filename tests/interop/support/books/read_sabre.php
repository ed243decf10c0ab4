<?php
// sabre/vobject, Nextcloud's reader: prints records; findings of validate() go to standard error.
require '/usr/share/php/Sabre/VObject/autoload.php';

function types($line) {
    $types = isset($line['TYPE']) ? array_map('strtolower', preg_split('/,/', implode(',', is_object($line['TYPE']) && method_exists($line['TYPE'], 'getParts') ? $line['TYPE']->getParts() : [(string) $line['TYPE']]))) : [];
    sort($types);
    return $types;
}

$splitter = new Sabre\VObject\Splitter\VCard(fopen($argv[1], 'r'));
while ($card = $splitter->getNext()) {
    foreach ($card->validate() as $finding) fwrite(STDERR, $finding['message'] . "\n");
    $all = fn($name) => iterator_to_array($card->select($name) ? new ArrayIterator(array_values($card->select($name))) : new ArrayIterator([]));
    $labels = [];
    foreach ($all('X-ABLABEL') as $it) $labels[$it->group] = (string) $it;
    $labelled = array_filter([...$all('TEL'), ...$all('EMAIL'), ...$all('URL')], fn($it) => $it->group);
    echo json_encode([
        'uid' => (string) $card->UID,
        'name' => (string) $card->FN,
        'org' => $card->ORG->getParts(),
        'nick' => array_map(fn($it) => $it->getValue(), $all('NICKNAME')),
        'adr' => array_map(fn($it) => ['types' => types($it), 'parts' => array_map(fn($part) => is_array($part) ? implode("\n", $part) : $part, $it->getParts())], $all('ADR')),
        'tel' => array_map(fn($it) => ['types' => types($it), 'number' => (string) $it], $all('TEL')),
        'url' => array_map(fn($it) => (string) $it, $all('URL')),
        'email' => array_map(fn($it) => (string) $it, $all('EMAIL')),
        'label' => array_values(array_map(fn($it) => $labels[$it->group], $labelled)),
    ], JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR), "\n";
}
