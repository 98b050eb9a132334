// What is said of mails comes with them: it is no part of the first inbox.
import { addTexts } from "../../../lib/language.tsx"

await addTexts({
  en: async () => (await import("#texts/en/ticket/mail-of-message.ts")).mailOfMessage,
  es: async () => (await import("#texts/es/ticket/mail-of-message.ts")).mailOfMessage,
})
