// What the tickets of a bench say: invented words, few of them often and most of them hardly ever, as in any language,
// and some planted ones whose frequency is known.
const syllables = "ca re mi to sal ven dri pon lu fa ques ti gra bo ne cor as un pre ma lo der ci tu vos be".split(" ")
const vocabulary = 30_000

/** In how many tickets each planted word is: rare in twenty of them, old in a fifth of the older half. */
export const plantedWords = {
  rare: (n: number, count: number) => `rara${n % Math.max(1, Math.floor(count / 20))}`,
  half: "mitad",
  tenth: "decima",
  old: "antigua",
  /** The surname of one person in twenty. */
  surname: "García",
}

// So that what a ticket says depends on nothing else about it.
const mixed = (n: number) => Math.imul(n ^ (n >>> 15), 2_246_822_519) >>> 5
const share = (n: number) => mixed(n) / 2 ** 27

/** Word number k of the vocabulary; two syllables at least, and no two alike. */
export function vocabularyWord(k: number): string {
  let rest = k + syllables.length
  let text = ""
  for (; rest > 0; rest = Math.floor(rest / syllables.length)) text += syllables[rest % syllables.length]
  return text
}

/** Message k of ticket n: fifteen words by Zipf's law, and in the first one what is planted there. */
export function messageText(n: number, k: number, count: number): string {
  const words = Array.from({ length: 15 }, (_, i) => {
    const chance = share(n * 1_009 + k * 31 + i)
    return vocabularyWord(Math.floor(vocabulary ** chance) - 1)
  })
  if (k > 0) return words.join(" ")
  const rest = share(n + 7_919)
  if (n % 2 === 0) words.push(plantedWords.half)
  if (rest < 0.1) words.push(plantedWords.tenth)
  if (rest < 0.2 && n < count / 2) words.push(plantedWords.old)
  return `${words.join(" ")} ${plantedWords.rare(n, count)}`
}

const surnames = 2_000
const mailDomains = ["gmail.com", "hotmail.com", "outlook.com", "example.com", "example.org"]

/** Who person number n is: a given name, two surnames, a phone and an e-mail address. */
export function generatedPerson(n: number) {
  const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1)
  const common = (of: number, seed: number) => capital(vocabularyWord(Math.floor(of ** share(n * 37 + seed)) + 40))
  const [given, second] = [common(300, 1), common(surnames, 3)]
  const first = share(n * 37 + 5) < 0.05 ? plantedWords.surname : common(surnames, 2)
  const login = `${given}.${first}${n}`
    .normalize("NFD")
    .replace(/[^\w.]/g, "")
    .toLowerCase()
  return {
    name: `${given} ${first} ${second}`,
    phone: `+57310${String(n).padStart(7, "0")}`,
    email: `${login}@${mailDomains[n % mailDomains.length]!}`,
  }
}
