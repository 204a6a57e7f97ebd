/** https://pages.nist.gov/800-63-4/sp800-63b.html requires 15 characters for a password alone; the slow key derivation makes up for three. */
export const PASSPHRASE_MIN = 12;
/** The minimum length when every run and every common word counts as two characters. */
const EFFECTIVE_LENGTH_MIN = 9;
const DISTINCT_MIN = 5;

/** Rows of keyboards and of the alphabet, in which runs are found in both directions. */
const RUNS = [
	"abcdefghijklmnopqrstuvwxyz",
	"01234567890",
	"qwertyuiop",
	"asdfghjkl",
	"zxcvbnm",
	"qwertzuiop",
	"yxcvbnm",
	"azertyuiop",
	"qsdfghjklm",
	"wxcvbn",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
	"!@#$%^&*()",
];
/** The most common leaked passwords, and words of this product. */
const COMMON =
	/appconfig|inspector|passphrase|passwor[dt]|passwd|passcode|credentials?|amazon|aws|cloud|vault|secret|extension|browser|chrome|firefox|unlock|admin(istrator)?|root|user|guest|master|login|letmein|welcome|access|default|changeme|change|please|iloveyou|love|trustno1|monkey|dragon|football|baseball|soccer|superman|batman|sunshine|shadow|princess|starwars|pokemon|computer|internet|whatever|hello|world|test(ing)?|demo|example|temp|dev|prod|hunter|summer|winter|spring|autumn|fall|january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|michael|jennifer|charlie|thomas|jordan|daniel/g;
const YEAR = /(19|20)\d\d/g;
const LEET: Readonly<Record<string, string>> = {
	"0": "o",
	"1": "i",
	"3": "e",
	"4": "a",
	"5": "s",
	"7": "t",
	"@": "a",
	$: "s",
	"!": "i",
};

/** A sentence for the user about what makes it weak; empty when it is acceptable. It does not measure strength. */
export function passphraseProblem(passphrase: string): string {
	const text = passphrase.normalize("NFKC").toLowerCase();
	if ([...passphrase.normalize("NFKC")].length < PASSPHRASE_MIN)
		return `Use at least ${PASSPHRASE_MIN} characters.`;
	if (new Set(text).size < DISTINCT_MIN)
		return `Use more than ${DISTINCT_MIN - 1} different characters.`;
	if (
		effectiveLength(withoutRepeats(text)) < EFFECTIVE_LENGTH_MIN &&
		effectiveLength(text) >= EFFECTIVE_LENGTH_MIN
	)
		return `It repeats itself. ${ADVICE}`;
	if (
		Math.min(effectiveLength(text), effectiveLength(withoutRepeats(text))) <
		EFFECTIVE_LENGTH_MIN
	)
		return `It is made of common words, dates or neighbouring keys. ${ADVICE}`;
	return "";
}

const ADVICE =
	"Use four or more unrelated words, or let a password manager make it.";

/** Roughly the number of characters that have to be guessed one by one. */
function effectiveLength(text: string): number {
	const plain = [...text].map((char) => LEET[char] ?? char).join("");
	return Math.min(
		collapsePatterns(text).length,
		collapsePatterns(plain).length,
	);
}

/** Ignores separators, so that they do not hide a run or a common word. */
function collapsePatterns(text: string): string {
	return withoutRuns(text.replaceAll(/[\s_.,;:+-]+/g, ""))
		.replaceAll(COMMON, "\u0001\u0001")
		.replaceAll(YEAR, "\u0001\u0001")
		.replaceAll(/(.)\1{2,}/gu, "$1$1");
}

/** Replaces each run of 4 or more neighbouring characters with its first two. */
function withoutRuns(text: string): string {
	let short = "";
	for (let at = 0; at < text.length; ) {
		let length = 1;
		while (at + length < text.length && isRun(text.slice(at, at + length + 1)))
			length += 1;
		short += text.slice(at, at + (length >= 4 ? 2 : length));
		at += length;
	}
	return short;
}

function isRun(text: string): boolean {
	const reversed = [...text].reverse().join("");
	return RUNS.some((run) => run.includes(text) || run.includes(reversed));
}

/** `abcabcabc` becomes `abc`. */
function withoutRepeats(text: string): string {
	return text.replaceAll(/(.+?)\1+/gu, "$1");
}
