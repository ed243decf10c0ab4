<?php
// Roundcube's CSV import: read_roundcube.php LIBRARY FILE.csv; prints name, addresses, phones and URLs, one contact a line.
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING);
define('RCUBE_LIB_DIR', $argv[1] . '/');
define('RCUBE_CHARSET', 'UTF-8');
define('RCUBE_LOCALIZATION_DIR', $argv[1] . '/');
class rcube_settings { public function get($name, $default = null) { return $default; } }
class rcube_stub {
    public $config;
    public function __construct() { $this->config = new rcube_settings(); }
    public function __call($name, $arguments) { return null; }
}
class rcube {
    public static function get_instance() { return new rcube_stub(); }
    public static function raise_error(...$arguments) { fwrite(STDERR, json_encode($arguments) . "\n"); exit(1); }
}
class rcube_mime { public static function decode_address_list(...$arguments) { return []; } }
foreach (['charset', 'utils', 'vcard', 'csv2vcard'] as $part) require RCUBE_LIB_DIR . "rcube_$part.php";
function asciiwords($text) { return $text; }
function in_array_nocase($wanted, $texts) { return in_array(strtolower($wanted), array_map("strtolower", $texts ?: [])); }

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
