<?php
// What Roundcube's importers need of the rest of Roundcube; the first argument is the folder of its library.
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
