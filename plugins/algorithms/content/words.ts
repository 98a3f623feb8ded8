/** English words that say nothing about a film; shorter ones are dropped by their length. */
const stopWords = new Set(
  (
    'about above after again against all alone along already also although always among and another any anyone anything are around away ' +
    'back became because become becomes been before begin begins behind being between both but came can cannot come comes could ' +
    'despite did does doing done down during each either even eventually ever every everyone everything few film finally find finds first for from ' +
    'get gets getting give gives goes going gone had has have having her here hers herself him himself his how however ' +
    'into its itself just keep keeps know known later leave leaves least led less like long made make makes making many may meet meets might more most movie much must ' +
    'near never new next none nor not nothing now off often old once one only onto other others our out over own perhaps ' +
    'rather same see seems set she should since some someone something soon start starts still story such ' +
    'take takes taken tells than that the their them themselves then there these they thing things this those though three through together too toward towards tries try trying turn turns two ' +
    'under until upon use used using very want wants was way well were what when where whether which while who whole whom whose why will with within without would yet you your'
  ).split(' '),
);

/** The words of a sentence that may say something: lower case, without accents, without a plural s. */
export function words(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s\b/g, '');
  return (plain.match(/[\p{L}\p{N}]{3,}/gu) ?? []).filter((word) => !stopWords.has(word)).map(singular);
}

const singular = (word: string): string => (/[^su]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word);
