// Texts that come with the first steps: a desk that has done them has no need of them.
import { addTexts } from "../lib/language.tsx"

await addTexts({
  en: async () => (await import("#texts/en/inbox/first-steps.ts")).firstSteps,
  es: async () => (await import("#texts/es/inbox/first-steps.ts")).firstSteps,
})
