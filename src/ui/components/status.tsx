import { type ComponentChildren, createContext } from "preact";
import {
	useCallback,
	useContext,
	useEffect,
	useMemo,
	useState,
} from "preact/hooks";
import { ForeignText } from "./ForeignText.tsx";

/**
 * Shows a sentence in the status line for a while. `textToCopy` is a text that the browser did not let the extension copy: it is
 * shown in a dialog until it is announced empty.
 */
export type Announce = (text: string, textToCopy?: string) => void;

interface Announcement {
	readonly text: string;
	/** The profile that was on show. */
	readonly owner: string | undefined;
	/** Epoch ms. */
	readonly at: number;
}

export interface StatusOptions {
	/** The id of the profile on show. Announcements about another profile are not shown. */
	readonly owner?: string | undefined;
	/** Epoch ms of the profile's current fault, which makes earlier announcements obsolete. */
	readonly faultAt?: number | undefined;
}

interface StatusProviderProps extends StatusOptions {
	readonly children: ComponentChildren;
}

interface Status {
	readonly text: string;
	readonly textToCopy: string;
}

/** Long enough to read two lines. */
const SHOWN_MS = 8_000;

const AnnounceContext = createContext<Announce>(() => undefined);
const StatusContext = createContext<Status>({ text: "", textToCopy: "" });

export function useAnnounce(): Announce {
	return useContext(AnnounceContext);
}

export function useStatus(): Status {
	return useContext(StatusContext);
}

export function StatusProvider(props: StatusProviderProps) {
	const { owner, faultAt, children } = props;
	const [announcement, setAnnouncement] = useState<Announcement>({
		text: "",
		owner: undefined,
		at: 0,
	});
	const [textToCopy, setTextToCopy] = useState("");
	// The owner is the one of the render that the handler came from: the result of a command belongs to its own profile, even if
	// another one is on show when it arrives.
	const announce = useCallback<Announce>(
		(text, toCopy) => {
			setAnnouncement({ text, owner, at: Date.now() });
			if (toCopy !== undefined) setTextToCopy(toCopy);
		},
		[owner],
	);
	useEffect(() => {
		if (!announcement.text) return;
		const timer = setTimeout(
			() => setAnnouncement((current) => ({ ...current, text: "" })),
			SHOWN_MS,
		);
		return () => clearTimeout(timer);
	}, [announcement.text, announcement.at]);
	const text = isCurrent(announcement, { owner, faultAt })
		? announcement.text
		: "";
	const status = useMemo(() => ({ text, textToCopy }), [text, textToCopy]);
	return (
		<AnnounceContext.Provider value={announce}>
			<StatusContext.Provider value={status}>{children}</StatusContext.Provider>
		</AnnounceContext.Provider>
	);
}

export function StatusLine({ class: className }: { readonly class?: string }) {
	return (
		<output class={className}>
			<ForeignText text={useStatus().text} />
		</output>
	);
}

function isCurrent(
	announcement: Announcement,
	{ owner, faultAt }: StatusOptions,
): boolean {
	if (announcement.owner !== undefined && announcement.owner !== owner)
		return false;
	return faultAt === undefined || announcement.at >= faultAt;
}
