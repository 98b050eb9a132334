import { Mail } from "lucide-react"
import type { ChannelFeatures } from "../channel-features-type.ts"

export const email: ChannelFeatures = { name: "channel.email", icon: Mail, marks: "none" }
