import { Braces, Globe, Mail, MessageCircle, MessageSquare, Phone, type LucideIcon } from "lucide-react"
import type { Channel, Phase } from "./ticket.ts"
import type { Tone } from "../ui/badge.tsx"

export const channelIcons: Record<Channel, LucideIcon> = {
  web: Globe,
  whatsapp: MessageCircle,
  email: Mail,
  chat: MessageSquare,
  api: Braces,
  phone: Phone,
}

/** Blue: the customer waits for us. Green: done. Everything else is neutral. */
export const phaseTones: Record<Phase, Tone> = {
  new: "blue",
  active: "accent",
  waiting: "neutral",
  resolved: "green",
  closed: "green",
}
