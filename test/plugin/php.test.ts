import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { PLUGIN } from '../../scripts/plugin/catalogues.js';
import { phpFiles } from '../../scripts/plugin/read-strings.js';
import { findOrSay } from '../support/machine.js';

const php = findOrSay('php', 'the checks of the WooCommerce plugin’s PHP are', 'php-cli');
const phpcs = findOrSay('phpcs', 'the coding standard of the WooCommerce plugin is', 'php-codesniffer');

interface Finding {
  rule: string;
  file: string;
  line: number;
  what: string;
}

const findings = (folder: string): Finding[] =>
  JSON.parse(
    execFileSync(php ?? '', ['test/plugin/check-plugin.php', folder], { encoding: 'utf8', maxBuffer: 1e7 }),
  ) as Finding[];

/** What each rule has to find, in a method of a class of the plugin. */
const VIOLATIONS: [rule: string, code: string][] = [
  ['escaped', 'echo $_name;'],
  ['escaped', "echo '<p>' . $text . '</p>';"],
  ['escaped', "echo '<p>' . esc_html( $a ) . $b;"],
  ['escaped', 'echo esc_html( $a ), $b;'],
  ['escaped', 'echo esc_html( $a )->b;'],
  ['escaped', "printf( '<p>%s</p>', $text );"],
  ['escaped', "_e( 'x', 'tallymark' );"],
  ['escaped', 'print $text;'],
  ['escaped', 'echo "<p>$text</p>";'],
  ['nonce', "$a = sanitize_key( $_POST['a'] );"],
  ['nonce', "add_action( 'admin_post_tallymark_x', array( self::class, 'planted' ) ); current_user_can( 'x' );"],
  ['nonce', "add_action( 'wp_ajax_nopriv_tallymark_x', array( self::class, 'planted' ) );"],
  ['nonce', "add_action( 'wc_ajax_tallymark_x', array( self::class, 'planted' ) );"],
  [
    'capability',
    "add_action( 'admin_post_tallymark_x', array( self::class, 'planted' ) ); check_admin_referer( 'x' );",
  ],
  ['sanitized', "$a = $_GET['a'];"],
  ['sanitized', "$a = trim( wp_unslash( $_COOKIE['a'] ) );"],
  ['sanitized', "$a = isset( $_GET['a'] ) ? $_GET['a'] : '';"],
  ['permission', "register_rest_route( 'a', '/b', array( 'callback' => 'c' ) );"],
  [
    'permission',
    "register_rest_route( 'a', '/b', array( 'callback' => 'c', 'permission_callback' => '__return_true' ) );",
  ],
  ['prepared', "$wpdb->query( 'DELETE FROM x WHERE a = ' . $a );"],
  ['prepared', '$wpdb->get_var( $statement );'],
  ['prepared', '$wpdb->query( $wpdb->prepare( $statement, 1 ) );'],
  ['prepared', '$wpdb->query( $wpdb->prepare( "SELECT $a", 1 ) );'],
  ['forbidden', "update_post_meta( $order, 'a', 'b' );"],
  ['forbidden', 'eval( $a );'],
  ['forbidden', 'die( 1 );'],
  ['forbidden', 'wp_redirect( $a );'],
  ['forbidden', 'wp_remote_post( $a );'],
  ['forbidden', '$a = `ls`;'],
  ['php-7.4', '$a = $b?->c;'],
  ['php-7.4', '$a = match ( $b ) { default => 1 };'],
  ['php-7.4', 'self::planted( a: 1 );'],
  ['php-7.4', '$a = $b ?? throw new Exception();'],
  ['php-7.4', 'try { self::planted(); } catch ( Exception ) { return; }'],
  ['php-7.4', '$a = strlen( ... );'],
  ['php-7.4', '$a = static function ( int|string $b ) { return $b; };'],
  ['php-7.4', '$a = static function ( $b, ) { return $b; };'],
  ['php-7.4', '$a = static function ( $b ): mixed { return $b; };'],
  ['php-7.4', '$a = array_is_list( array() );'],
  ['named', "update_option( 'someone_elses', 1 );"],
];

/** What looks alike and is right. */
const HARMLESS = `
		echo '<p class="' . esc_attr( $a ) . '">' . esc_html__( 'x', 'tallymark' ) . '</p>', (int) $b;
		printf( '<p>%1$s %2$d</p>', esc_html( $a ), 3 );
		check_admin_referer( 'x' );
		$c = isset( $_POST['a'] ) ? sanitize_text_field( wp_unslash( $_POST['a'] ) ) : '';
		$d = $wpdb->get_var( $wpdb->prepare( 'SELECT MIN(due) FROM %i', $a ) );
		$e = static function ( ?int $f = null ): ?string { return $f ? 'a' : null; };
		$g = $a ? self::planted() : $b;
		update_option( 'tallymark_a', $c | $d );`;

const inClass = (name: string, code: string) => `<?php
namespace Tallymark\\Woo;

defined( 'ABSPATH' ) || exit;

final class ${name} {
	public static function planted(): void {
		global $wpdb;
		${code}
	}
}
`;

const folder = mkdtempSync(join(tmpdir(), 'tallymark-plugin-'));
afterAll(() => rmSync(folder, { recursive: true }));

if (php !== null) {
  describe('the PHP of the WooCommerce plugin', () => {
    test.each(phpFiles(PLUGIN))('%s can be read by PHP', (file) => {
      const { status, stdout } = spawnSync(php, ['-l', join(PLUGIN, file)], { encoding: 'utf8' });
      expect([status, status === 0 ? '' : stdout]).toEqual([0, '']);
    });

    test('prints nothing unescaped, acts on nothing without nonce and right, asks the database nothing unprepared', () => {
      expect(findings(PLUGIN)).toEqual([]);
    });

    test('each of these rules finds what breaks it, and nothing in what is right', () => {
      mkdirSync(join(folder, 'src'));
      for (const [i, [, code]] of VIOLATIONS.entries())
        writeFileSync(join(folder, `src/Planted${i}.php`), inClass(`Planted${i}`, code));
      writeFileSync(join(folder, 'src/Harmless.php'), inClass('Harmless', HARMLESS));
      writeFileSync(join(folder, 'src/Other.php'), inClass('Misnamed', ''));
      writeFileSync(join(folder, 'src/Open.php'), '<?php\nnamespace Tallymark\\Woo;\n');
      const all = findings(folder);
      const of = (file: string) => [...new Set(all.filter((one) => one.file === file).map(({ rule }) => rule))];
      for (const [i, [rule, code]] of VIOLATIONS.entries())
        expect([code, of(`src/Planted${i}.php`).includes(rule)]).toEqual([code, true]);
      expect(of('src/Harmless.php')).toEqual([]);
      expect(of('src/Other.php')).toEqual(['named']);
      expect(of('src/Open.php')).toEqual(['guarded']);
    });
  });
}

if (phpcs !== null)
  test('the WooCommerce plugin keeps to the coding standard', () => {
    const { status, stdout } = spawnSync(phpcs, ['--standard=plugins/phpcs.xml', '-q', '--report=emacs'], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, '']);
  });

test('the plugin’s version is one', () => {
  const read = (file: string) => readFileSync(join(PLUGIN, file), 'utf8');
  const versions = [
    /^ \* Version: +(\S+)$/m.exec(read('tallymark.php'))?.[1],
    /'TALLYMARK_VERSION', '(\S+)'/.exec(read('tallymark.php'))?.[1],
    /'TALLYMARK_VERSION', '(\S+)'/.exec(read('uninstall.php'))?.[1],
    /^Stable tag: (\S+)$/m.exec(read('readme.txt'))?.[1],
  ];
  expect(new Set(versions).size).toBe(1);
  expect(versions[0]).toMatch(/^\d+\.\d+\.\d+$/);
});
