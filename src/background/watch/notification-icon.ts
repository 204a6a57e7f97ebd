import type { EnvironmentColor } from "../../core/shared/environment.ts";

const SIZE = 128;
const BAND_HEIGHT = 40;
/** As the light theme has them (tokens.css): the colour of the desktop is not known. */
const COLORS = {
	production: "#a3006b",
	staging: "#8a4600",
	development: "#00626a",
	other: "#565c66",
} as const;

/** The icon as a data URL, with a band that names the environment. Falls back to the plain icon. */
export async function drawNotificationIcon(
	iconUrl: string,
	environment:
		| { readonly color: EnvironmentColor; readonly label: string }
		| undefined,
): Promise<string> {
	if (environment === undefined) return iconUrl;
	try {
		const reply = await fetch(iconUrl);
		const image = await createImageBitmap(await reply.blob());
		const canvas = new OffscreenCanvas(SIZE, SIZE);
		const context = canvas.getContext("2d");
		if (!context) return iconUrl;
		context.drawImage(image, 0, 0, SIZE, SIZE);
		context.fillStyle = COLORS[environment.color];
		context.fillRect(0, SIZE - BAND_HEIGHT, SIZE, BAND_HEIGHT);
		context.fillStyle = "#ffffff";
		context.font = "600 28px sans-serif";
		context.textAlign = "center";
		context.textBaseline = "middle";
		context.fillText(
			environment.label,
			SIZE / 2,
			SIZE - BAND_HEIGHT / 2,
			SIZE - 8,
		);
		return await toDataUrl(await canvas.convertToBlob());
	} catch {
		return iconUrl;
	}
}

async function toDataUrl(blob: Blob): Promise<string> {
	const bytes = new Uint8Array(await blob.arrayBuffer());
	let binary = "";
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return `data:${blob.type};base64,${btoa(binary)}`;
}
