<?php
/**
 * Reads the plugin's PHP with PHP's own tokenizer and says what must not be in it, as JSON: [{rule, file, line, what}].
 * Run: php check-plugin.php <folder>. plugin-php.test.ts shows each rule a piece of code that breaks it.
 */

const ESCAPES     = array( 'esc_html', 'esc_attr', 'esc_url', 'esc_html__', 'esc_attr__', 'esc_textarea', 'esc_js', 'wp_kses', 'wp_kses_post', 'absint', 'wp_json_encode' );
const SANITIZES   = array( 'sanitize_text_field', 'sanitize_key', 'sanitize_email', 'esc_url_raw', 'absint', 'wc_clean', 'wp_verify_nonce', 'isset', 'empty', 'intval' );
const NONCES      = array( 'check_admin_referer', 'check_ajax_referer', 'wp_verify_nonce', 'allow' );
const FORBIDDEN   = array(
	'eval', 'extract', 'create_function', 'unserialize', 'exec', 'shell_exec', 'system', 'passthru', 'proc_open', 'popen', 'var_dump', 'print_r', 'var_export',
	'error_log', 'die', 'file_get_contents', 'file_put_contents', 'fopen', 'curl_init', 'curl_exec', 'ini_set', 'wp_remote_get', 'wp_remote_post', 'wp_remote_request', 'query_posts',
	'get_post_meta', 'update_post_meta', 'add_post_meta', 'delete_post_meta', 'get_post_custom', 'wc_get_order_item_meta', 'wp_redirect',
);
const LATER       = array( 'array_is_list', 'get_debug_type', 'get_resource_id', 'fdiv', 'array_find', 'array_any', 'array_all', 'mb_trim', 'json_validate', 'str_increment', 'array_first', 'array_last' );
const ASKS        = array( 'query', 'get_var', 'get_row', 'get_results', 'get_col' );
const SUPERGLOBAL = array( '$_POST', '$_GET', '$_REQUEST', '$_COOKIE', '$_SERVER', '$_FILES' );

$findings = array();

function found( string $rule, string $file, $token, string $what ): void {
	global $findings;
	$findings[] = array( 'rule' => $rule, 'file' => $file, 'line' => $token[2], 'what' => $what );
}

/** Tokens without spaces and comments, each [id, text, line]; `raw` has all. */
function tokens_of( string $code ): array {
	$line = 1;
	$all  = array();
	foreach ( token_get_all( $code ) as $token ) {
		$token = is_array( $token ) ? $token : array( 0, $token, $line );
		$line  = $token[2] + substr_count( $token[1], "\n" );
		$all[] = $token;
	}
	return array(
		'raw'   => $all,
		'plain' => array_values( array_filter( $all, static function ( $token ) {
			return ! in_array( $token[0], array( T_WHITESPACE, T_COMMENT, T_DOC_COMMENT ), true );
		} ) ),
	);
}

/** Where the bracket opened at $i closes. */
function closing( array $tokens, int $i ): int {
	$pairs = array( '(' => ')', '[' => ']', '{' => '}' );
	for ( $deep = 0, $n = count( $tokens ); $i < $n; $i++ ) {
		$text = $tokens[ $i ][1];
		if ( isset( $pairs[ $text ] ) || in_array( $tokens[ $i ][0], array( T_CURLY_OPEN, T_DOLLAR_OPEN_CURLY_BRACES ), true ) ) {
			++$deep;
		} elseif ( in_array( $text, $pairs, true ) && 0 === --$deep ) {
			return $i;
		}
	}
	return $n - 1;
}

/** The parts of $from..$to between separators at the top level. */
function parts( array $tokens, int $from, int $to, string $separator ): array {
	$parts = array( array() );
	for ( $i = $from; $i <= $to; $i++ ) {
		if ( in_array( $tokens[ $i ][1], array( '(', '[', '{' ), true ) ) {
			$end = closing( $tokens, $i );
			for ( ; $i <= $end; $i++ ) {
				$parts[ count( $parts ) - 1 ][] = $tokens[ $i ];
			}
			--$i;
		} elseif ( $tokens[ $i ][1] === $separator ) {
			$parts[] = array();
		} else {
			$parts[ count( $parts ) - 1 ][] = $tokens[ $i ];
		}
	}
	return array_values( array_filter( $parts ) );
}

/** One operand of what is printed: a constant text, a number made whole, or the answer of an escaping function. */
function is_escaped( array $part ): bool {
	$first = $part[0];
	if ( T_CONSTANT_ENCAPSED_STRING === $first[0] || T_LNUMBER === $first[0] ) {
		return 1 === count( $part );
	}
	if ( T_INT_CAST === $first[0] ) {
		return true;
	}
	return T_STRING === $first[0] && in_array( $first[1], ESCAPES, true ) && isset( $part[1] ) && '(' === $part[1][1] && closing( $part, 1 ) === count( $part ) - 1;
}

/** Lines below a comment that says why what is printed there needs no escaping. */
function excused_lines( array $raw ): array {
	$lines = array();
	foreach ( $raw as $token ) {
		if ( excuses( array( $token ), 'EscapeOutput' ) ) {
			$lines[] = $token[2] + 1;
		}
	}
	return $lines;
}

function check_output( string $file, array $tokens, array $excused ): void {
	foreach ( $tokens as $i => $token ) {
		if ( in_array( $token[0], array( T_ECHO, T_PRINT, T_OPEN_TAG_WITH_ECHO ), true ) ) {
			for ( $end = $i + 1; isset( $tokens[ $end ] ) && ';' !== $tokens[ $end ][1] && T_CLOSE_TAG !== $tokens[ $end ][0]; $end++ ) {
				$end = in_array( $tokens[ $end ][1], array( '(', '[' ), true ) ? closing( $tokens, $end ) : $end;
			}
			foreach ( parts( $tokens, $i + 1, $end - 1, ',' ) as $argument ) {
				foreach ( parts( $argument, 0, count( $argument ) - 1, '.' ) as $part ) {
					is_escaped( $part ) || in_array( $token[2], $excused, true ) || found( 'escaped', $file, $token, text_of( $part ) );
				}
			}
		}
		if ( T_STRING === $token[0] && in_array( $token[1], array( 'printf', 'vprintf', '_e', '_ex' ), true ) && is_call( $tokens, $i ) ) {
			if ( 'printf' !== $token[1] ) {
				found( 'escaped', $file, $token, $token[1] );
				continue;
			}
			foreach ( parts( $tokens, $i + 2, closing( $tokens, $i + 1 ) - 1, ',' ) as $part ) {
				is_escaped( $part ) || in_array( $token[2], $excused, true ) || found( 'escaped', $file, $token, text_of( $part ) );
			}
		}
	}
}

function text_of( array $part ): string {
	return implode( ' ', array_column( $part, 1 ) );
}

/** Whether the name at $i is called, and is no method, no declaration. */
function is_call( array $tokens, int $i ): bool {
	$before = $tokens[ $i - 1 ][0] ?? 0;
	return '(' === ( $tokens[ $i + 1 ][1] ?? '' ) && ! in_array( $before, array( T_OBJECT_OPERATOR, T_DOUBLE_COLON, T_FUNCTION, T_NEW ), true );
}

/** The functions of a file: name, tokens of the body, comments among them. */
function functions_of( array $raw ): array {
	$functions = array();
	foreach ( $raw as $i => $token ) {
		if ( T_FUNCTION !== $token[0] ) {
			continue;
		}
		for ( $at = $i + 1; isset( $raw[ $at ] ) && ! in_array( $raw[ $at ][1], array( '{', ';' ), true ); $at++ ) {
			if ( T_STRING === $raw[ $at ][0] && ! isset( $name ) ) {
				$name = $raw[ $at ][1];
			}
		}
		if ( isset( $name, $raw[ $at ] ) && '{' === $raw[ $at ][1] ) {
			$functions[ $name ] = array_slice( $raw, $i, closing( $raw, $at ) - $i + 1 );
		}
		unset( $name );
	}
	return $functions;
}

function says( array $body, array $names ): bool {
	foreach ( $body as $token ) {
		if ( T_STRING === $token[0] && in_array( $token[1], $names, true ) ) {
			return true;
		}
	}
	return false;
}

/** A comment that says why the rule does not hold here, the way the coding standards have it. */
function excuses( array $body, string $sniff = 'NonceVerification' ): bool {
	foreach ( $body as $token ) {
		if ( T_COMMENT === $token[0] && preg_match( "/phpcs:(?:ignore|disable) WordPress\.Security\.{$sniff}[\w.]* -- \S+ \S+/", $token[1] ) ) {
			return true;
		}
	}
	return false;
}

function check_input( string $file, array $raw ): void {
	$in_functions = array();
	foreach ( functions_of( $raw ) as $name => $body ) {
		$plain = array_values( array_filter( $body, static function ( $token ) {
			return ! in_array( $token[0], array( T_WHITESPACE, T_COMMENT, T_DOC_COMMENT ), true );
		} ) );
		foreach ( $plain as $i => $token ) {
			if ( T_VARIABLE !== $token[0] || ! in_array( $token[1], SUPERGLOBAL, true ) ) {
				continue;
			}
			$in_functions[] = $token[2];
			if ( '$_POST' === $token[1] || '$_REQUEST' === $token[1] ) {
				says( $body, NONCES ) || excuses( $body ) || found( 'nonce', $file, $token, $name );
			}
			$close = '[' === ( $plain[ $i + 1 ][1] ?? '' ) ? closing( $plain, $i + 1 ) : $i;
			if ( '=' !== ( $plain[ $close + 1 ][1] ?? '' ) && ! is_sanitized( $plain, $i ) ) {
				found( 'sanitized', $file, $token, text_of( array_slice( $plain, $i, $close - $i + 1 ) ) );
			}
		}
	}
	foreach ( $raw as $token ) {
		if ( T_VARIABLE === $token[0] && in_array( $token[1], SUPERGLOBAL, true ) && ! in_array( $token[2], $in_functions, true ) ) {
			found( 'sanitized', $file, $token, $token[1] . ' outside of any function' );
		}
	}
}

/** Whether the superglobal at $i stands within the parentheses of a function that makes it harmless. */
function is_sanitized( array $tokens, int $i ): bool {
	for ( $at = $i - 1, $deep = 0; $at > 0 && ! in_array( $tokens[ $at ][1], array( ';', '{', '}' ), true ); $at-- ) {
		if ( ')' === $tokens[ $at ][1] ) {
			++$deep;
		} elseif ( '(' === $tokens[ $at ][1] && 0 === $deep-- ) {
			$deep = 0;
			if ( in_array( strtolower( $tokens[ $at - 1 ][1] ), SANITIZES, true ) ) {
				return true;
			}
		}
	}
	return false;
}

/** What WordPress calls from outside by name: it must ask for a nonce, and in wp-admin for a right; or say why not. */
function check_handlers( string $file, array $tokens, array $functions ): void {
	foreach ( $tokens as $i => $token ) {
		if ( T_STRING !== $token[0] || ! is_call( $tokens, $i ) ) {
			continue;
		}
		$arguments = parts( $tokens, $i + 2, closing( $tokens, $i + 1 ) - 1, ',' );
		if ( 'register_rest_route' === $token[1] ) {
			$rules = substr_count( text_of( $arguments[2] ?? array() ), "'permission_callback'" );
			$ways  = substr_count( text_of( $arguments[2] ?? array() ), "'callback'" );
			( $rules >= $ways && $ways > 0 && ! in_array( "'__return_true'", array_column( $arguments[2], 1 ), true ) ) || found( 'permission', $file, $token, 'register_rest_route' );
		}
		if ( 'add_action' !== $token[1] || ! preg_match( "/^'(admin_post|wp_ajax|wc_ajax)_/", $arguments[0][0][1] ?? '', $kind ) ) {
			continue;
		}
		preg_match_all( "/'(\w+)'/", text_of( $arguments[1] ?? array() ), $names );
		$body = $functions[ end( $names[1] ) ?: '' ] ?? array();
		says( $body, NONCES ) || excuses( $body ) || found( 'nonce', $file, $token, text_of( $arguments[0] ) );
		if ( 'wc_ajax' !== $kind[1] ) {
			says( $body, array( 'current_user_can', 'allow' ) ) || found( 'capability', $file, $token, text_of( $arguments[0] ) );
		}
	}
	if ( isset( $functions['allow'] ) ) {
		$honest = says( $functions['allow'], array( 'check_admin_referer' ) ) && says( $functions['allow'], array( 'current_user_can' ) );
		$honest || found( 'capability', $file, $functions['allow'][0], 'allow() asks for no nonce, or no right' );
	}
}

function check_database( string $file, array $tokens ): void {
	foreach ( $tokens as $i => $token ) {
		if ( '$wpdb' === $token[1] && T_OBJECT_OPERATOR === ( $tokens[ $i + 1 ][0] ?? 0 ) && in_array( $tokens[ $i + 2 ][1], ASKS, true ) ) {
			( '$wpdb' === ( $tokens[ $i + 4 ][1] ?? '' ) && 'prepare' === ( $tokens[ $i + 6 ][1] ?? '' ) ) || found( 'prepared', $file, $token, $tokens[ $i + 2 ][1] );
		}
		if ( 'prepare' === $token[1] && T_OBJECT_OPERATOR === ( $tokens[ $i - 1 ][0] ?? 0 ) && T_CONSTANT_ENCAPSED_STRING !== ( $tokens[ $i + 2 ][0] ?? 0 ) ) {
			found( 'prepared', $file, $token, 'a statement that is no constant text' );
		}
	}
}

function check_words( string $file, array $tokens ): void {
	foreach ( $tokens as $i => $token ) {
		if ( in_array( $token[0], array( T_EVAL, T_EXIT ), true ) && in_array( strtolower( $token[1] ), FORBIDDEN, true ) ) {
			found( 'forbidden', $file, $token, $token[1] );
		}
		if ( T_STRING === $token[0] && is_call( $tokens, $i ) ) {
			in_array( strtolower( $token[1] ), FORBIDDEN, true ) && found( 'forbidden', $file, $token, $token[1] );
			in_array( strtolower( $token[1] ), LATER, true ) && found( 'php-7.4', $file, $token, $token[1] );
		}
		if ( '`' === $token[1] ) {
			found( 'forbidden', $file, $token, 'a shell command' );
		}
	}
}

/** What PHP 7.4 cannot read, as far as a newer PHP's tokens tell. */
function check_syntax( string $file, array $tokens ): void {
	$later = array_filter( array_map( static function ( $name ) {
		return defined( $name ) ? constant( $name ) : null;
	}, array( 'T_MATCH', 'T_ENUM', 'T_READONLY', 'T_NULLSAFE_OBJECT_OPERATOR', 'T_ATTRIBUTE', 'T_AMPERSAND_FOLLOWED_BY_VAR_OR_VARARG' ) ) );
	$reference = defined( 'T_AMPERSAND_FOLLOWED_BY_VAR_OR_VARARG' ) ? T_AMPERSAND_FOLLOWED_BY_VAR_OR_VARARG : -1;
	foreach ( $tokens as $i => $token ) {
		if ( in_array( $token[0], $later, true ) && $token[0] !== $reference ) {
			found( 'php-7.4', $file, $token, $token[1] );
		}
		if ( T_THROW === $token[0] && ! in_array( $tokens[ $i - 1 ][1], array( ';', '{', '}', ':', ')' ), true ) ) {
			found( 'php-7.4', $file, $token, 'throw as an expression' );
		}
		if ( T_CATCH === $token[0] && T_VARIABLE !== $tokens[ closing( $tokens, $i + 1 ) - 1 ][0] ) {
			found( 'php-7.4', $file, $token, 'catch without a variable' );
		}
		if ( T_STRING === $token[0] && ':' === ( $tokens[ $i + 1 ][1] ?? '' ) && in_array( $tokens[ $i - 1 ][1], array( '(', ',' ), true ) ) {
			found( 'php-7.4', $file, $token, 'a named argument' );
		}
		if ( T_ELLIPSIS === $token[0] && ')' === ( $tokens[ $i + 1 ][1] ?? '' ) ) {
			found( 'php-7.4', $file, $token, 'a first-class callable' );
		}
		if ( T_FUNCTION === $token[0] || T_FN === $token[0] ) {
			check_signature( $file, $tokens, $i );
		}
	}
}

function check_signature( string $file, array $tokens, int $i ): void {
	for ( $open = $i; '(' !== $tokens[ $open ][1]; $open++ );
	$close = closing( $tokens, $open );
	for ( $end = $close; ! in_array( $tokens[ $end ][1], array( '{', ';', '=>' ), true ); $end++ );
	for ( $at = $open; $at < $end; $at++ ) {
		if ( in_array( $tokens[ $at ][0], array( T_PUBLIC, T_PROTECTED, T_PRIVATE ), true ) || '|' === $tokens[ $at ][1] ) {
			found( 'php-7.4', $file, $tokens[ $at ], $tokens[ $at ][1] . ' in a signature' );
		}
		if ( in_array( strtolower( $tokens[ $at ][1] ), array( 'mixed', 'never' ), true ) || ( $at > $close && T_STATIC === $tokens[ $at ][0] ) ) {
			found( 'php-7.4', $file, $tokens[ $at ], 'the type ' . $tokens[ $at ][1] );
		}
	}
	if ( ',' === $tokens[ $close - 1 ][1] ) {
		found( 'php-7.4', $file, $tokens[ $close ], 'a comma after the last parameter' );
	}
}

/** No file does anything when it is asked for by itself; names are ours. */
function check_shape( string $file, string $code, array $tokens ): void {
	if ( 'src/autoload.php' !== $file && ! preg_match( "/^defined\( '(ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;$/m", $code ) ) {
		found( 'guarded', $file, array( 0, '', 1 ), 'no guard against being opened by itself' );
	}
	foreach ( $tokens as $i => $token ) {
		if ( in_array( $token[0], array( T_CLASS, T_INTERFACE, T_TRAIT ), true ) && T_STRING === ( $tokens[ $i + 1 ][0] ?? 0 ) ) {
			$named = 'src/' . str_replace( '\\', '/', substr( namespace_of( $code ) . '\\', strlen( 'Tallymark\\Woo\\' ) ) ) . $tokens[ $i + 1 ][1] . '.php';
			$named === $file || found( 'named', $file, $token, "is $named by its name" );
		}
		if ( T_STRING === $token[0] && in_array( $token[1], array( 'update_option', 'add_option', 'set_transient', 'define', 'update_user_meta', 'setcookie' ), true ) && is_call( $tokens, $i ) ) {
			$names = parts( $tokens, $i + 2, closing( $tokens, $i + 1 ) - 1, ',' );
			$name  = $names[ 'update_user_meta' === $token[1] ? 1 : 0 ][0];
			( T_CONSTANT_ENCAPSED_STRING !== $name[0] || 0 === stripos( $name[1], "'tallymark" ) ) || found( 'named', $file, $token, $name[1] );
		}
	}
}

function namespace_of( string $code ): string {
	return preg_match( '/^namespace ([\w\\\\]+);/m', $code, $found ) ? $found[1] : '';
}

$root  = rtrim( $argv[1], '/' );
$files = new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $root, FilesystemIterator::SKIP_DOTS ) );
foreach ( $files as $entry ) {
	if ( 'php' !== $entry->getExtension() ) {
		continue;
	}
	$file = str_replace( '\\', '/', substr( $entry->getPathname(), strlen( $root ) + 1 ) );
	$code = file_get_contents( $entry->getPathname() );
	list( 'raw' => $raw, 'plain' => $plain ) = tokens_of( $code );
	check_output( $file, $plain, excused_lines( $raw ) );
	check_input( $file, $raw );
	check_handlers( $file, $plain, functions_of( $raw ) );
	check_database( $file, $plain );
	check_words( $file, $plain );
	check_syntax( $file, $plain );
	check_shape( $file, $code, $plain );
}
echo json_encode( $findings );
