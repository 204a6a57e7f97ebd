import type { Icon, IconPaths } from "./badge.ts";

const RED = "#b3261e";
const WHITE = "#ffffff";

/** The toolbar's icon with a triangle in its upper right half; drawn, so that it never drifts from the icon. */
export async function drawFaultIcon(paths: IconPaths): Promise<Icon> {
	const drawn = Object.entries(paths).map(async ([size, path]) => {
		const reply = await fetch(path);
		const image = await createImageBitmap(await reply.blob());
		return [size, draw(image, Number(size))] as const;
	});
	return Object.fromEntries(await Promise.all(drawn));
}

function draw(image: ImageBitmap, size: number): ImageData {
	const context = new OffscreenCanvas(size, size).getContext("2d");
	if (!context) throw new Error("There is no canvas to draw on.");
	context.drawImage(image, 0, 0, size, size);
	const unit = size / 16;
	context.scale(unit, unit);
	context.lineJoin = "round";
	context.beginPath();
	context.moveTo(10.5, 0.75);
	context.lineTo(15.25, 9.25);
	context.lineTo(5.75, 9.25);
	context.closePath();
	context.strokeStyle = WHITE;
	context.lineWidth = 2;
	context.stroke();
	context.fillStyle = RED;
	context.fill();
	context.fillStyle = WHITE;
	context.fillRect(9.9, 3.4, 1.2, 3);
	context.fillRect(9.9, 7, 1.2, 1.2);
	return context.getImageData(0, 0, size, size);
}
