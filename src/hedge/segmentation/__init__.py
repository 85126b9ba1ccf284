"""Text to sentence spans: offsets into the original, nothing lost."""

from hedge.segmentation.paragraphs import find_blocks, looks_like_heading
from hedge.segmentation.sentences import SegmentedText, Span, segment

__all__ = ["SegmentedText", "Span", "find_blocks", "looks_like_heading", "segment"]
