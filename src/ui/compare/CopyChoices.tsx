// The menu of forms that a comparison can be copied in.
import { useRef, useState } from "preact/hooks";
import { Icon } from "../components/Icon.tsx";
import { useModule } from "../hooks/use-module.ts";
import type { CopyForm } from "./messages.ts";

export interface CopyChoicesProps {
	/** Without it there is only text to copy. */
	readonly hasTree: boolean;
	/** Why a form cannot be copied, asked when the menu opens. */
	readonly troubleWith: (form: CopyForm) => string | undefined;
	readonly onCopy: (form: CopyForm) => void;
}

const CHOICES: readonly (readonly [CopyForm, string])[] = [
	["patch", "Unified patch"],
	["json-patch", "JSON Patch"],
	["sentences", "In words"],
];

const loadMenu = () => import("../components/Menu.tsx");

export function CopyChoices({
	hasTree,
	troubleWith,
	onCopy,
}: CopyChoicesProps) {
	const [at, setAt] = useState<DOMRect>();
	const opener = useRef<HTMLButtonElement>(null);
	const menus = useModule(at !== undefined, loadMenu);
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
			{menus && at && (
				<menus.Menu
					name="Copy changes"
					at={at}
					groups={[
						choices.map(([form, name]) => ({
							name,
							trouble: troubleWith(form),
							choose: () => onCopy(form),
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
