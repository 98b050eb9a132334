import { Braces } from "lucide-react"
import type { ChannelFeatures } from "../channel-features.ts"

export const api: ChannelFeatures = { icon: Braces, marks: "none", isHandedIn: true }
