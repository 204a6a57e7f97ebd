// The menu of forms that a comparison can be copied in.
import { useRef, useState } from "preact/hooks";
import { Icon } from "../components/Icon.tsx";
import { Menu } from "../components/Menu.tsx";
import type { CopyFormat } from "../diff/messages.ts";

export interface CopyChoicesProps {
	/** Without it there is only text to copy. */
	readonly hasTree: boolean;
	/** Why a form cannot be copied, asked when the menu opens. */
	readonly copyError: (form: CopyFormat) => string | undefined;
	readonly onCopy: (form: CopyFormat) => void;
}

const CHOICES: readonly (readonly [CopyFormat, string])[] = [
	["patch", "Unified patch"],
	["json-patch", "JSON Patch"],
	["sentences", "In words"],
];

export function CopyChoices({ hasTree, copyError, onCopy }: CopyChoicesProps) {
	const [at, setAt] = useState<DOMRect>();
	const opener = useRef<HTMLButtonElement>(null);
	const choices = CHOICES.filter(([form]) => hasTree || form === "patch");
	return (
		<>
			<button
				type="button"
				class="button with-icon"
				aria-haspopup="menu"
				aria-expanded={at !== undefined}
				ref={opener}
				onClick={(event) => setAt(event.currentTarget.getBoundingClientRect())}
			>
				<Icon name="copy" />
				Copy changes
			</button>
			{at && (
				<Menu
					name="Copy changes"
					at={at}
					groups={[
						choices.map(([form, name]) => ({
							name,
							disabledReason: copyError(form),
							onSelect: () => onCopy(form),
						})),
					]}
					onClose={() => {
						setAt(undefined);
						opener.current?.focus();
					}}
				/>
			)}
		</>
	);
}
