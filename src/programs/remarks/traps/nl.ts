import type { Traps } from './en.js';

/** Dutch: je. The words of the desk's forms between quotes, those of the file behind them. */
export const nl: Traps = {
  'unit.unnamed': [
    'geen naam in {missing}: leden die dat lezen, zien in plaats daarvan de id',
    'Schrijf zoals in {example}, één keer per taal.',
  ],
  'unit.unnamed.points': [
    'geen naam in {missing}: leden die dat lezen, zien een andere naam',
    'Schrijf zoals in {example}, één keer per taal.',
  ],
  'unit.forgiven': [
    'wat vóór een terugbetaling is besteed, wordt kwijtgescholden: wie koopt, de punten besteedt en alles terugstuurt, houdt er iets aan over',
    'Kies “het lid staat ervoor in de schuld” (debt), of houd punten vast tot de retourtermijn voorbij is (pendingDays).',
  ],
  'unit.rounded-up': [
    'er wordt naar boven afgerond: een bestelling die in veel kleine wordt gesplitst, levert meer op dan het geheel',
    'Kies “omlaag” (floor) of “naar het dichtstbijzijnde” (nearest), of vraag een minimum (when.minOrder).',
  ],
  'tiers.reviewed': [
    'een niveau blijft tot de volgende beoordeling, ook als alles waarmee het is gehaald wordt teruggestuurd: tot wel {each, select, quarter {een kwartaal} other {een jaar}} voor niets',
    'Kies “maand” (month), of laat het weg: dan vervalt een niveau meteen als de aankopen terugkomen, met respijt (graceDays) voor wie alleen minder koopt.',
  ],
  'gift.any-order': [
    'dit wordt voor elke bestelling gegeven, hoe klein ook: één bestelling wordt er vele',
    'Vraag een minimum (when.minOrder; op een kaart min), of begrens hoe vaak het wordt gegeven (limits).',
  ],
  'gift.worth-order': [
    'dit is minstens zoveel waard als de aankoop die ervoor wordt gevraagd',
    'Vraag meer (when.minOrder; op een kaart min), of geef minder.',
  ],
  'referral.at-once': [
    'dit staat meteen vast: een vriend bestelt, allebei krijgen hun punten, en de vriend stuurt alles terug',
    'Wacht zoveel dagen als er geretourneerd mag worden.',
  ],
  'referral.own-friend': [
    'wat beiden krijgen, is minstens zoveel waard als de bestelling die ervoor wordt gevraagd: iedereen nodigt zichzelf uit',
    'Vraag meer, of geef minder.',
  ],
  'reward.share-back': [
    'bij een terugbetaling komt een deel van de punten terug, wat er ook is geretourneerd: de rest van de bestelling gaat terug en de beloning blijft',
    'Kies “de punten blijven gebruikt” (onRefund: keep).',
  ],
  'reward.free': [
    'de korting is even hoog als wat het kost om de punten te sparen: wat je koopt, is gratis',
    'Geef minder korting, of vraag meer punten.',
  ],
  'sending.at-once': [
    'punten kunnen worden weggegeven terwijl de bestelling nog terug kan: een gift is definitief, en de schuld blijft bij wie nooit meer terugkomt',
    'Houd punten vast tot de retourtermijn voorbij is (pendingDays).',
  ],
  'rate.gives-back': [
    'dit geeft {percent} % terug van wat er wordt betaald, naar wat de punten waard zijn: {per} wordt gelezen als {amount}',
    'Schrijf bedragen in de kleinste munt (centen), of verlaag de waarde van één punt (value).',
  ],
  'money.unknown': ['{code} is geen valuta die in gebruik is', 'Schrijf de drie hoofdletters, zoals in EUR.'],
  'money.decimals': [
    '{code} heeft {usual} decimalen, en hier {here}: een bedrag van 1000 wordt gelezen als {amount}',
    'Schrijf {usual}, en elk bedrag in het bestand in de kleinste munt.',
  ],
  'currencies.unknown': ['{code} is geen valuta die in gebruik is', 'Schrijf de drie hoofdletters, zoals in USD.'],
  'range.empty': [
    'minstens {min} en hoogstens {max}: niets is allebei',
    'Maak “hoogstens” (max) even groot als “minstens” (min), of groter.',
  ],
  'span.backwards': ['dit eindigt op {to}, voordat het begint', 'Kies een einde na het begin.'],
  'nth.none': ['geen bestelling heeft nummer {n}: de eerste is 1', 'Schrijf 1 of meer.'],
  'currencies.no-rate': [
    'bestellingen in {asked} leveren niets op: het programma heeft er geen koers voor',
    'Kies uit: {known}; of voeg de koers toe (rules.currencies).',
  ],
  'membership.none': ['niemand heeft het betaalde lidmaatschap: het bestaat niet', 'Voeg het toe (rules.membership).'],
  'list.empty': ['een lege lijst: er is niets waar het voor geldt', 'Noem wat je bedoelt, of haal de lijst weg.'],
  'where.all-out': ['alles wat wordt gevraagd, is hier uitgezonderd', 'Haal weg wat wel moet meetellen.'],
  'limit.nothing': [
    'bij een grens van 0 blijft er niets te geven',
    'Schrijf het meeste dat wordt gegeven, of haal de grens weg.',
  ],
  'earning.less-for-more': [
    'onder het minimum telt {then}, en die geeft meer: wie een deel terugstuurt, kan er punten bij krijgen',
    'Laat {rule} minstens zoveel geven als {then}, over hetzelfde bedrag en met dezelfde grenzen, of haal het minimum weg.',
  ],
  'earning.outrun': [
    'deze regel geeft nooit iets: alles waarvoor hij is, valt al onder {first}, want elk product telt bij de eerste regel die past',
    'Zet {rule} vóór {first}, of geef beide met één regel.',
  ],
  'promotion.multiplies-nothing': [
    '{promotion} vermenigvuldigt niets: geen spaarregel van het soort rate of step geeft {unit}',
    'Voeg zo’n spaarregel toe (rules.earning), kies een andere eenheid, of geef extra punten (add of addItem).',
  ],
  'id.unseen': ['er staat een onzichtbaar teken in, of spaties eromheen', 'Typ het opnieuw met de hand.'],
  'ceiling.worthless': [
    '{unit} is geen geld waard, dus van een plafond in geld blijft niets over',
    'Schrijf het meeste dat alle leden samen krijgen, of haal het plafond weg.',
  ],
  'ceiling.nothing': [
    'er blijft geen enkel punt over',
    'Schrijf het meeste dat alle leden samen krijgen, of haal het plafond weg.',
  ],
  'ceiling.one-order': [
    'één bestelling van {amount} gebruikt het helemaal op: wie het eerst komt, krijgt alles',
    'Schrijf wat alle leden samen mogen krijgen; gebruik grenzen (limits) om het per bestelling of lid te beperken.',
  ],
  'window.whole-day': [
    'dit begint en eindigt op hetzelfde tijdstip: dat is de hele dag',
    'Schrijf twee verschillende tijden, of haal het weg.',
  ],
  'window.never': [
    'deze tijden vallen nooit samen: er is geen dag waarop dit geldt',
    'Haal er een weg, of laat ze overlappen.',
  ],
  'window.outside': [
    'dit geldt alleen op dagen dat het programma niet loopt',
    'Kijk naar “start van het programma” (starts) en “einde van het programma” (ends).',
  ],
};
