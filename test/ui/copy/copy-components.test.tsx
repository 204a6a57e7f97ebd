// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import { useAnnounce } from "../../../src/ui/components/status.tsx";
import { openContent } from "../../../src/ui/content/content.ts";
import type { BodyState } from "../../../src/ui/content/use-body.ts";
import { BinaryBar, useCopy } from "../../../src/ui/copy/BinaryBar.tsx";
import { CopyMenu } from "../../../src/ui/copy/CopyMenu.tsx";
import { copyText } from "../../../src/ui/copy/clipboard.ts";
import { ManualCopy } from "../../../src/ui/copy/ManualCopy.tsx";
import {
	fireEvent,
	screen,
	userEvent,
	waitFor,
} from "../../helpers/render.tsx";
import {
	createConnection,
	createProfileSnapshot,
	createVersion,
	renderView,
} from "../../helpers/render-view.tsx";

let copied: string[];

beforeEach(() => {
	copied = [];
	vi.spyOn(navigator.clipboard, "writeText").mockImplementation(
		async (text) => void copied.push(text),
	);
});

function refuseClipboard(): void {
	vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(
		new DOMException("Denied", "NotAllowedError"),
	);
	Object.assign(document, { execCommand: () => false });
}

const click = (role: "button" | "menuitem", name: string) =>
	fireEvent.click(screen.getByRole(role, { name }));

const bodyOf = (bytes: Uint8Array): BodyState => ({
	state: "ready",
	number: 3,
	content: openContent(bytes, "application/octet-stream"),
});

function CopyButton({ body }: { readonly body: BodyState }) {
	const { copy, binary, dismissBinary } = useCopy(body);
	return (
		<>
			<button type="button" disabled={!copy} onClick={copy}>
				Copy
			</button>
			{binary && <BinaryBar body={binary} onDone={dismissBinary} />}
		</>
	);
}

const TEXT = bodyOf(new TextEncoder().encode("a\r\nb"));
const BINARY = bodyOf(Uint8Array.of(0xff, 0x00, 0x10));

test("text is copied as it is, and announced with its size and version", async () => {
	renderView(<CopyButton body={TEXT} />);
	click("button", "Copy");
	await screen.findByText("Copied 4 bytes of version 3.");
	expect(copied).toEqual(["a\r\nb"]);
});

test("there is nothing to copy while the bytes are read", () => {
	renderView(<CopyButton body={{ state: "reading" }} />);
	expect(screen.getByRole("button", { name: "Copy" })).toHaveProperty(
		"disabled",
		true,
	);
});

test.each([
	["Copy as Base64", "/wAQ", "Copied 3 bytes of version 3 as Base64."],
	["Copy as hex", "ff0010", "Copied 3 bytes of version 3 as hex."],
])("bytes that are not text are copied by %s", async (name, text, message) => {
	renderView(<CopyButton body={BINARY} />);
	click("button", "Copy");
	click("button", name);
	await screen.findByText(message);
	expect(copied).toEqual([text]);
	expect(screen.queryByRole("alert")).toBeNull();
});

test("the choice of formats is cancelled, and goes with another version", () => {
	const { rerender } = renderView(<CopyButton body={BINARY} />);
	click("button", "Copy");
	click("button", "Cancel");
	expect(screen.queryByRole("alert")).toBeNull();
	click("button", "Copy");
	screen.getByRole("alert");
	rerender(<CopyButton body={TEXT} />);
	expect(screen.queryByRole("alert")).toBeNull();
});

test("a text that the browser does not copy is offered, selected, until the dialog is closed", async () => {
	refuseClipboard();
	function View() {
		const announce = useAnnounce();
		return (
			<>
				<button
					type="button"
					onClick={() => void copyText("a\r\nb", "the value", announce)}
				>
					Copy
				</button>
				<ManualCopy />
			</>
		);
	}
	renderView(<View />);
	click("button", "Copy");
	await screen.findByText("The browser refused the clipboard.");
	const field = await screen.findByRole<HTMLTextAreaElement>("textbox", {
		name: "Text to copy",
	});
	await waitFor(() => expect(document.activeElement).toBe(field));
	expect([field.selectionStart, field.selectionEnd]).toEqual([
		0,
		field.value.length,
	]);
	click("button", "Close");
	expect(screen.queryByRole("textbox")).toBeNull();
});

function renderMenu(change: Partial<Parameters<typeof CopyMenu>[0]> = {}) {
	const onClose = vi.fn();
	renderView(
		<CopyMenu
			profile={createProfileSnapshot()}
			connections={[]}
			version={createVersion(2)}
			onCopy={undefined}
			at={new DOMRect()}
			onClose={onClose}
			{...change}
		/>,
	);
	return onClose;
}

test("the menu copies the details of a version", async () => {
	const onClose = renderMenu();
	click("menuitem", "Copy details as text");
	await screen.findByText("Copied the details of version 2.");
	expect(copied[0]).toContain("Application: shop\n");
	expect(onClose).toHaveBeenCalled();
});

test("the menu copies the call that reads the configuration", async () => {
	renderMenu();
	click("menuitem", "Copy call: AWS CLI");
	await screen.findByText("Copied the call: AWS CLI.");
	expect(copied[0]).toContain("start-configuration-session");
});

test("the call goes where the profile's connection leads", async () => {
	const entry = createProfileSnapshot();
	renderMenu({
		profile: {
			...entry,
			profile: { ...entry.profile, connection: "c1" as never },
		},
		connections: [
			{
				connection: createConnection("agent", { url: "http://10.0.0.1:2772" }),
			} as never,
		],
	});
	click("menuitem", "Copy call: curl to the Agent");
	await screen.findByText("Copied the call: curl to the Agent.");
	expect(copied[0]).toContain("http://10.0.0.1:2772/applications/shop");
});

test("a name with an invisible character is not written into a call", async () => {
	const entry = createProfileSnapshot();
	renderMenu({
		profile: {
			...entry,
			profile: { ...entry.profile, application: "shop\u202e" },
		},
	});
	click("menuitem", "Copy call: AWS CLI");
	await screen.findByText(/contains an invisible character/);
	expect(copied).toEqual([]);
});

test("the configuration is an item only while there is one", () => {
	const onCopy = vi.fn();
	renderMenu({ onCopy });
	click("menuitem", "Copy configuration");
	expect(onCopy).toHaveBeenCalledOnce();
});

test("before the first version the menu has only the calls", async () => {
	renderMenu({ version: undefined });
	const items = screen.getAllByRole("menuitem");
	expect(
		items.every(({ textContent }) => textContent?.startsWith("Copy call: ")),
	).toBe(true);
	await userEvent.keyboard("{Escape}");
});
