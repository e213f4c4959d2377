import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { PLUGIN } from '../../scripts/plugin/catalogues.js';
import { verifyShopper } from '../../src/platforms/woocommerce/shopper-token.js';
import { proofOfMove, proofOfVisit } from '../../src/stores/plugin-proofs.js';
import { woocommerce } from '../../webhooks/woocommerce/index.js';
import { findOrSay } from '../support/machine.js';

const php = findOrSay('php', 'how the WooCommerce plugin speaks with the service is', 'php-cli');

interface Asked {
  url: string;
  method: string;
  timeout: number;
  headers: Record<string, string>;
  body?: string;
}

interface Played {
  given: unknown;
  asked: Asked[];
  options: Record<string, unknown>;
}

interface Stage {
  home?: string;
  takes?: number;
  status?: number;
  /** Who may manage the shop; user 7 is who asks. */
  managers?: number[];
  /** Of the page; else nl_NL. */
  locale?: string;
  /** PHP that the service has run here before it answers; `heard` is what it gives. */
  meanwhile?: string;
  connection?: object | false;
  /** PHP that returns something. */
  run: string;
}

const SITE = 'https://shop.example.com';
const SECRETS = { webhook: 'of webhooks', shopper: 'of shoppers' };
/** What `Settings::keep` keeps; made by the plugin itself. */
const kept = (): Record<string, unknown> =>
  play({
    connection: false,
    run: `\\Tallymark\\Woo\\Settings::keep( array( 'store' => 'the-store', 'service' => 'https://points.example.com', 'webhook' => 'https://points.example.com/webhooks/woocommerce/the-store', 'topics' => array(), 'secrets' => json_decode( '${JSON.stringify(SECRETS)}', true ) ) ); return null;`,
  }).options['tallymark_connection'] as Record<string, unknown>;

function play({ home = SITE, connection, run, ...stage }: Stage): Played {
  const options = { home, tallymark_connection: connection ?? kept() };
  const text = execFileSync(
    php ?? '',
    ['test/plugin/wordpress.php', PLUGIN, JSON.stringify({ ...stage, options, run })],
    {
      encoding: 'utf8',
    },
  );
  return JSON.parse(text) as Played;
}

const ask = (timeout: string) =>
  `\\Tallymark\\Woo\\Service::ask( 'GET', '/storefront/v1/member', null, ${timeout} )->status`;
const PAGE = '\\Tallymark\\Woo\\Service::PAGE';
const timed = (what: string) => `$t = microtime( true ); $s = ${what}; $all[] = array( $s, microtime( true ) - $t );`;

if (php !== null) {
  describe('D13 a shop never waits for the service', () => {
    test('that does not answer: one question waits a second and a half, the others nothing', () => {
      const run = `${timed(ask(PAGE))} ${timed(ask(PAGE))} ${timed(ask('\\Tallymark\\Woo\\Service::ACTION'))} return $all;`;
      const { given, asked } = play({ takes: 99, run });
      const [first, second, button] = given as [number, number][];
      expect([first?.[0], second?.[0], button?.[0]]).toEqual([0, 0, 0]);
      expect(first?.[1]).toBeLessThan(2);
      expect(second?.[1]).toBeLessThan(0.1);
      expect(button?.[1]).toBeLessThan(0.1);
      expect(asked.map(({ timeout }) => timeout)).toEqual([1.5]);
    });

    test('a shopper who pressed a button waits six seconds at most', () => {
      const { asked } = play({ run: `return ${ask('\\Tallymark\\Woo\\Service::ACTION')};` });
      expect(asked.map(({ timeout }) => timeout)).toEqual([6]);
    });

    test('that answers slowly: all questions of a page together wait two seconds at most', () => {
      const run = `${timed(ask(PAGE))} ${timed(ask(PAGE))} return $all;`;
      const { given, asked } = play({ takes: 1.1, run });
      expect((given as [number, number][]).map(([status]) => status)).toEqual([200, 0]);
      expect(asked).toHaveLength(1);
    });

    test('it is asked again after half a minute, by one visitor; each failure doubles the pause, to five minutes', () => {
      const run = `
        for ( $i = 0; $i < 6; $i++ ) {
          \\Tallymark\\Woo\\Breaker::failed();
          $state = get_transient( 'tallymark_breaker' );
          $waits[] = $state['wait'];
          $shut[] = \\Tallymark\\Woo\\Breaker::lets_through();
          set_transient( 'tallymark_breaker', array( 'wait' => $state['wait'], 'until' => time() ) );
          $tries[] = array( \\Tallymark\\Woo\\Breaker::lets_through(), \\Tallymark\\Woo\\Breaker::lets_through() );
        }
        \\Tallymark\\Woo\\Breaker::answered();
        return array( $waits, array_unique( $shut ), array_unique( $tries, SORT_REGULAR ), \\Tallymark\\Woo\\Breaker::lets_through() );`;
      expect(play({ run }).given).toEqual([[30, 60, 120, 240, 300, 300], [false], [[true, false]], true]);
    });

    test('a refusal is an answer: the next question is asked', () => {
      const { asked } = play({ status: 422, run: `${ask(PAGE)}; return ${ask(PAGE)};` });
      expect(asked).toHaveLength(2);
      expect(asked[0]?.url).toBe('https://points.example.com/storefront/v1/member?lang=nl_NL');
    });
  });

  describe('A2 a figure is written in one way, whoever writes it', () => {
    const figures = [-40, 1240, 9706, 12_430];
    test.each([
      ['pl_PL', ['-40', '1240', '9706', '12 430']],
      ['nb_NO', ['-40', '1 240', '9 706', '12 430']],
    ])('in %s as the service does', (locale, written) => {
      const run = `return array_map( '\\Tallymark\\Woo\\Shop\\Words::number', array( ${figures.join(', ')} ) );`;
      expect(play({ locale, run }).given).toEqual(written);
      const service = new Intl.NumberFormat(locale.replace('_', '-'));
      expect(figures.map((figure) => service.format(figure).replace('−', '-').replaceAll('\u00a0', ' '))).toEqual(
        written,
      );
    });
  });

  describe('A2 a copy of the connected site', () => {
    const both = `${ask(PAGE)}; \\Tallymark\\Woo\\Delivery::say( 'action.a', 1 ); return array( \\Tallymark\\Woo\\Settings::is_live(), \\Tallymark\\Woo\\Settings::is_copy(), \\Tallymark\\Woo\\Shopper::token(), \\Tallymark\\Woo\\Settings::connected_address() );`;

    test.each(['https://staging.shop.example.com', 'https://shop.example.com/copy', 'http://localhost:8080'])(
      'at %s asks nothing, says nothing and vouches for nobody',
      (home) => {
        const { given, asked } = play({ home, run: both });
        expect([asked, given]).toEqual([[], [false, true, null, SITE]]);
      },
    );

    test('is one too when its maker replaced the address in all that is kept', () => {
      const home = 'https://staging.shop.example.com';
      const connection = JSON.parse(
        JSON.stringify(kept()).replaceAll(SITE, home).replaceAll('shop.example.com', 'staging.shop.example.com'),
      ) as object;
      expect(play({ home, connection, run: both }).given).toEqual([false, true, null, SITE]);
    });

    test.each(['http://shop.example.com', 'https://www.Shop.example.com/'])('%s is the site itself', (home) => {
      expect(play({ home, run: both }).asked).toHaveLength(2);
    });
  });

  test('A2 what the plugin says is signed as the service expects, from the site that is connected', () => {
    const { asked } = play({
      run: `\\Tallymark\\Woo\\Delivery::say( 'action.woocommerce_tallymark_order_changed', 52 ); return 1;`,
    });
    const [{ url = '', headers = {}, body = '' } = {}] = asked;
    expect(url).toBe('https://points.example.com/webhooks/woocommerce/the-store');
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const arrival = { headers: lower, body: Buffer.from(body), token: 'the-store' };
    expect(woocommerce.claim(arrival)).toMatchObject({ kind: 'delivery', store: 'the-store', subject: 'order:52' });
    expect(woocommerce.isGenuine(arrival, [SECRETS.webhook])).toBe(true);
    expect(woocommerce.isGenuine(arrival, ['another'])).toBe(false);
    const store = {
      ...{ id: '1', program: '1', key: 'the-store', source: SITE, zone: 'UTC' },
      money: { code: 'EUR', exponent: 2 },
    };
    expect(woocommerce.isElsewhere?.(arrival, store)).toBe(null);
    expect(woocommerce.read('action.woocommerce_tallymark_order_changed', JSON.parse(body), store)).toMatchObject({
      what: 'order',
      id: '52',
    });
  });

  test('A2 the proof of a move is the one that the service works out', () => {
    const run = `$m = new ReflectionMethod( '\\Tallymark\\Woo\\Connect', 'proof_of_move' ); $m->setAccessible( true ); return $m->invoke( null, \\Tallymark\\Woo\\Settings::connection(), 'attempt' );`;
    expect(play({ run }).given).toEqual({
      store: 'the-store',
      proof: proofOfMove(SECRETS.webhook, 'the-store', 'attempt'),
    });
  });

  describe('A2 a visit to the desk', () => {
    const meanwhile = `
      $told = json_decode( $arguments['body'], true );
      $vouch = static function ( $token ) {
        $said = \\Tallymark\\Woo\\Admin\\Desk::vouch( array( 'token' => $token ) );
        return $said instanceof WP_Error ? null : $said->data;
      };
      return array( $vouch( 'another' ), $vouch( $told['token'] ), $vouch( $told['token'] ) );`;
    const run = `\\Tallymark\\Woo\\Admin\\Desk::ask( 7 ); return array( 'heard' => $GLOBALS['heard'] ?? null, 'left' => array_keys( $GLOBALS['transients'] ) );`;

    test('is signed as the service believes it, and vouched for once, with who it is', () => {
      const { given, asked } = play({ meanwhile, run });
      const [{ url, body = '' } = {}] = asked;
      const { store, token, proof } = JSON.parse(body) as Record<'store' | 'token' | 'proof', string>;
      expect([url, store]).toEqual(['https://points.example.com/woocommerce/desk', 'the-store']);
      expect(proof).toBe(proofOfVisit(SECRETS.webhook, 'the-store', token));
      const who = { user: '7', name: 'User 7', email: '7@shop.example', language: 'nb_NO' };
      expect(given).toEqual({ heard: [null, who, null], left: [] });
    });

    test('T12 is not vouched for when its person may not manage the shop', () => {
      const { given } = play({ meanwhile, run, managers: [1] });
      expect(given).toMatchObject({ heard: [null, null, null] });
    });

    test('never begins on a copy', () => {
      expect(play({ home: 'https://staging.shop.example.com', run }).asked).toEqual([]);
    });
  });

  test('A2 who a shopper is, is signed as the service believes it', () => {
    const token = (customer: number) =>
      play({ run: `return \\Tallymark\\Woo\\Shopper::token( ${customer} );` }).given as string;
    const now = Date.now();
    const believed = (customer: number, secret: string) => verifyShopper(token(customer), 'the-store', [secret], now);
    expect(believed(17, SECRETS.shopper)).toMatchObject({ store: 'the-store', customer: '17' });
    expect(believed(0, SECRETS.shopper).customer).toBe(null);
    expect(() => believed(17, SECRETS.webhook)).toThrow();
  });
}
