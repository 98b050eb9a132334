// Why automation rules acted: texts that come once a ticket has been acted on.
import { addTexts } from "../../lib/language.tsx"

await addTexts({
  en: async () => (await import("#texts/en/why-automation-acted.ts")).automationDecisions,
  es: async () => (await import("#texts/es/why-automation-acted.ts")).automationDecisions,
})
