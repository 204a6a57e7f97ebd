import { useState } from "preact/hooks";
import { toBase64, toHex } from "../../storage/byte-encoding.ts";
import { saveFile } from "../background-client/platform.ts";
import { Button } from "../components/Button.tsx";
import { formatExactSize } from "../components/format.ts";
import { useAnnounce } from "../components/status.tsx";
import type { BodyState } from "../content/use-body.ts";
import { useEscape } from "../hooks/use-escape.ts";
import {
	copyBody,
	copyText,
	describeBody,
	type VersionBytes,
} from "./clipboard.ts";

export interface CopyState {
	/** Copies the whole configuration; absent while there is none. */
	readonly copy: (() => void) | undefined;
	/** A version to be copied that is not text: the user has to choose a format. */
	readonly binary: VersionBytes | undefined;
	dismissBinary(): void;
}

export function useCopy(body: BodyState): CopyState {
	const announce = useAnnounce();
	const [binary, setBinary] = useState<VersionBytes>();
	const content = body.state === "ready" ? body.content : undefined;
	return {
		copy:
			body.state === "ready"
				? () => {
						const { number, content } = body;
						const version = { number, bytes: content.bytes };
						if (!copyBody(version, announce)) setBinary(version);
					}
				: undefined,
		binary: binary?.bytes === content?.bytes ? binary : undefined,
		dismissBinary: () => setBinary(undefined),
	};
}

export interface BinaryBarProps {
	readonly body: VersionBytes;
	readonly onDone: () => void;
}

/** Offers formats for bytes that are not text. */
export function BinaryBar({ body, onDone }: BinaryBarProps) {
	const announce = useAnnounce();
	const { bytes, number } = body;
	useEscape(true, onDone);
	const copyAs = (format: string, text: string) => {
		void copyText(text, `${describeBody(body)} as ${format}`, announce);
		onDone();
	};
	const save = () => {
		saveFile(`version-${number}.bin`, bytes);
		announce(`Downloading ${describeBody(body)}.`);
		onDone();
	};
	return (
		<div class="bar info" role="alert">
			<span class="message">
				These {formatExactSize(bytes.length)} are not UTF-8 text, so the
				clipboard cannot hold them as they are.
			</span>
			<span class="choices">
				<Button
					name="Copy as Base64"
					onClick={() => copyAs("Base64", toBase64(bytes))}
				/>
				<Button
					name="Copy as hex"
					onClick={() => copyAs("hex", toHex(bytes))}
				/>
				<Button name="Download" onClick={save} />
				<Button name="Cancel" onClick={onDone} />
			</span>
		</div>
	);
}
