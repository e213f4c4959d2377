<?php
/**
 * Where the service answers. Written by `npm run plugin:zip -- --service <address>`; empty = the owner is asked.
 *
 * @package Tallymark
 */

defined( 'ABSPATH' ) || exit;

return '';
