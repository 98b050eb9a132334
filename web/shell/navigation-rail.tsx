import { Link, useLocation } from "@tanstack/react-router"
import {
  CircleQuestionMark,
  Handshake,
  Inbox,
  LogOut,
  Megaphone,
  PackageX,
  Settings,
  Users,
  type LucideIcon,
} from "lucide-react"
import type { ReactNode } from "react"
import { languages } from "#texts/languages-and-text-ids.ts"
import { loadLanguage, useTexts } from "../lib/language.tsx"
import { setTheme, themes, useTheme } from "../lib/theme.ts"
import { PresenceMenuItems } from "../people/presence-menu-items.tsx"
import { useChangeMe, useMe, useSignOut } from "../session/session-queries.ts"
import { NotificationBell } from "../notifications/notification-bell.tsx"
import { Avatar } from "../ui/avatar.tsx"
import { classNames } from "../ui/class-names.ts"
import { Logo } from "../ui/logo.tsx"
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "../ui/menu.tsx"
import { Tooltip } from "../ui/tooltip.tsx"

const square =
  "flex size-10 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink max-md:h-11 max-md:w-14"

/** Beside the screens; at the bottom, within reach of the thumb, on a phone. */
export function NavigationRail({ onKeys }: { onKeys: () => void }) {
  const { t } = useTexts()
  const isInTicket = useLocation({ select: ({ pathname }) => pathname.startsWith("/tickets/") })
  return (
    <nav
      aria-label={t("nav.main")}
      className={classNames(
        "flex shrink-0 items-center gap-1 border-line bg-canvas max-md:justify-around max-md:border-t max-md:pb-[env(safe-area-inset-bottom)]",
        "md:w-14 md:flex-col md:border-r md:py-2 short:md:overflow-y-auto",
        // The height is for reading and answering; the way back to the list leads here.
        isInTicket && "short:max-md:hidden",
      )}
    >
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:top-1 focus:left-1 focus:z-50 focus:rounded focus:bg-raised focus:p-2"
      >
        {t("app.skip")}
      </a>
      <span className="mb-2 flex size-10 items-center justify-center max-md:hidden">
        <Logo />
      </span>
      <RailLink to="/inbox" icon={Inbox} name={t("nav.inbox")} />
      <RailLink to="/contacts" icon={Users} name={t("nav.contacts")} />
      <RailLink to="/incidents" icon={PackageX} name={t("nav.incidents")} />
      <RailLink to="/agreements" icon={Handshake} name={t("nav.agreements")} />
      <RailLink to="/campaigns" icon={Megaphone} name={t("nav.campaigns")} />
      <RailLink to="/settings" icon={Settings} name={t("nav.settings")} />
      <span className="grow max-md:hidden" />
      <NotificationBell className={square} />
      <Named name={t("nav.shortcuts")} keys="?">
        <button type="button" className={`${square} max-md:hidden`} aria-label={t("nav.shortcuts")} onClick={onKeys}>
          <CircleQuestionMark className="size-5" aria-hidden />
        </button>
      </Named>
      <Account />
    </nav>
  )
}

function RailLink({
  to,
  icon: Icon,
  name,
}: {
  to: "/inbox" | "/contacts" | "/incidents" | "/agreements" | "/campaigns" | "/settings"
  icon: LucideIcon
  name: string
}) {
  const isHere = useLocation({
    select: ({ pathname }) => pathname.startsWith(to) || (to === "/inbox" && pathname.startsWith("/tickets")),
  })
  return (
    <Named name={name}>
      <Link
        to={to}
        aria-label={name}
        aria-current={isHere ? "page" : undefined}
        className={classNames(square, isHere && "bg-chosen text-ink")}
      >
        <Icon className="size-5" aria-hidden />
      </Link>
    </Named>
  )
}

const Named = ({ name, keys, children }: { name: string; keys?: string; children: ReactNode }) => (
  <Tooltip text={name} {...(keys && { keys })}>
    {children}
  </Tooltip>
)

function Account() {
  const { t, language } = useTexts()
  const me = useMe()
  const theme = useTheme()
  const signOut = useSignOut()
  const change = useChangeMe()
  const choose = (one: (typeof languages)[number]) => {
    void loadLanguage(one)
    change.mutate({ language: one })
  }
  return (
    <Menu
      label={me.name}
      trigger={
        <button type="button" className={square} aria-label={t("nav.account", { name: me.name })}>
          <Avatar name={me.name} size={28} />
        </button>
      }
    >
      <div className="max-w-56 px-2 py-1.5">
        <p className="truncate font-strong">{me.name}</p>
        <p className="truncate text-xs text-faint">{me.email}</p>
      </div>
      <MenuSeparator />
      <PresenceMenuItems />
      <MenuLabel>{t("language.label")}</MenuLabel>
      {languages.map((one) => (
        <MenuItem key={one} chosen={language === one} onSelect={() => choose(one)}>
          <span lang={one}>{t(`language.${one}`)}</span>
        </MenuItem>
      ))}
      <MenuLabel>{t("theme.label")}</MenuLabel>
      {themes.map((one) => (
        <MenuItem key={one} chosen={theme === one} onSelect={() => setTheme(one)}>
          {t(`theme.${one}`)}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => signOut.mutate()}>
        <LogOut aria-hidden className="size-4" />
        {t("nav.signOut")}
      </MenuItem>
    </Menu>
  )
}
