import type { LucideIcon } from "lucide-react"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import type { ChannelMarks } from "../../src/markdown/index.ts"

/** What screens must know of a channel. What is left out the channel does not know. */
export interface ChannelFeatures {
  name: TextId
  icon: LucideIcon
  /** How its messages mark bold, italic and the like. */
  marks: ChannelMarks
  /** What staff format is shown formatted; else it leaves as text, with those marks. */
  showsFormatting?: boolean
  /** By what a reply leaves, where that is another channel. */
  sentBy?: TextId
  /** A reply can name the message that it answers. */
  canQuote?: boolean
  /** Customers are shown that somebody is writing: how often to say so. */
  typingEveryMs?: number
  /** A sound with a text beside it is shown as a file, not as a voice note. */
  showsSoundAlone?: boolean
  /** The most bytes that it carries of a file of that type, where that is less than Hilo takes. */
  maxFileBytes?: (mimeType: string) => number
  /** What somebody is called who gave no name. */
  unnamedContact?: TextId
  /** The same in a sentence. */
  unnamedWriter?: TextId
  /** Conversations begin by a template, and this says so. */
  startByTemplate?: TextId
  /** Programs hand in its messages with a key. */
  isHandedIn?: boolean
  /** The page on which customers write, of a connection. */
  customerPage?: (connectionId: string) => string
}
