import type { OutputSpec } from '../parsers/parsers.js';
import { ConversionError } from '../conversion-error.js';
import type { DetectionParameters } from './detection-output.js';

/** Thresholds are written with a few decimals, and some come as 32-bit floats. */
const TOLERANCE = 1e-6;

/**
 * The network was trained and measured with the overlap that its DetectionOutput layer names: another one in
 * the manifest is a slip.
 * @throws ConversionError
 */
export function checkDetection(detection: DetectionParameters | null, output: OutputSpec): void {
  if (!detection || output.parser !== 'ssd') return;
  const { nmsThreshold } = detection;
  if (Math.abs(nmsThreshold - output.iouThreshold) <= TOLERANCE) return;
  const said = Number(nmsThreshold.toPrecision(6));
  throw new ConversionError(
    `The network's DetectionOutput layer has the nms_threshold ${said}, but its manifest entry has the iouThreshold ${output.iouThreshold}; set output.iouThreshold to ${said}`,
  );
}
