import { Braces } from "lucide-react"
import type { ChannelFeatures } from "../channel-features-type.ts"

export const api: ChannelFeatures = { name: "channel.api", icon: Braces, marks: "none", isHandedIn: true }
