// What the dialog of a new conversation says comes with it: it is no part of the first inbox.
import { addTexts } from "../../lib/language.tsx"

await addTexts({
  en: async () => (await import("#texts/en/ticket/start-conversation.ts")).startConversation,
  es: async () => (await import("#texts/es/ticket/start-conversation.ts")).startConversation,
})
