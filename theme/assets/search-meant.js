// "Did you mean": the term of the index that is nearest to a word that no paper has.

const MOST_COMPARED = 6; // candidates whose number of papers is looked up
const SHORTEST = 4; // a word of three letters is near to too many
const LONGEST = 30; // what lunr.js lays out for slips grows with the square of the letters

/** The term at one slip, else at two, that most papers have; null where none is so near. */
export async function nearestTerm(index, word) {
  if (word.length < SHORTEST || word.length > LONGEST) return null;
  const { set } = await index.dictionary();
  for (const slips of word.length < 2 * SHORTEST ? [1] : [1, 2]) {
    const near = set.intersect(index.lunr.TokenSet.fromFuzzyString(word, slips)).toArray();
    const likely = near.filter((term) => term[0] === word[0]).concat(near.filter((term) => term[0] !== word[0]));
    const terms = await Promise.all(likely.slice(0, MOST_COMPARED).map((term) => index.term(term)));
    if (terms.length) return terms.reduce((best, term) => (term.frequency > best.frequency ? term : best));
  }
  return null;
}
