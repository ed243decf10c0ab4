"""How much of a dot a PDF page makes black, exactly: pdfminer reads the page, fontTools the embedded fonts, and GEOS
measures the areas. It is slow, and meant for the dots that a renderer's rounding decides."""
import functools
import io

import numpy
import shapely
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import apply_matrix_pt

# A curve is drawn as so many lines: that is off by less than a millionth of a dot at 600 dpi.
LINES = numpy.linspace(0, 1, 1024)[1:, None]


class Contours(BasePen):
    """The contours of a glyph or path, as arrays of points."""

    def __init__(self, glyphs=None):
        super().__init__(glyphs)
        self.contours = []

    def _moveTo(self, to):
        self.contours.append([numpy.array([to])])

    def _lineTo(self, to):
        self.contours[-1].append(numpy.array([to]))

    def _qCurveToOne(self, by, to):
        a, b, c = map(numpy.array, (self._getCurrentPoint(), by, to))
        self.contours[-1].append((1 - LINES) ** 2 * a + 2 * LINES * (1 - LINES) * b + LINES**2 * c)

    def _curveToOne(self, first, second, to):
        a, b, c, d = map(numpy.array, (self._getCurrentPoint(), first, second, to))
        rest = 1 - LINES
        self.contours[-1].append(rest**3 * a + 3 * rest**2 * LINES * b + 3 * rest * LINES**2 * c + LINES**3 * d)


class Shape:
    """Something black: closed contours, in points from the page's bottom left corner."""

    def __init__(self, contours):
        self.contours = contours
        points = numpy.concatenate(contours)
        self.low, self.high = points.min(axis=0), points.max(axis=0)

    @functools.cached_property
    def area(self):
        """What the contours enclose; those that run against the largest one are holes."""
        rings = [shapely.Polygon(contour) for contour in self.contours if len(contour) > 2]
        forward = [ring.exterior.is_ccw for ring in rings]
        outside = forward[max(range(len(rings)), key=lambda at: rings[at].area)]
        sides = [shapely.unary_union([ring for ring, way in zip(rings, forward) if way is side])
                 for side in (outside, not outside)]
        return sides[0] - sides[1]


class Shapes(PDFTextDevice):
    """Whatever a page makes black."""

    def __init__(self, manager):
        super().__init__(manager)
        self.fonts, self.shapes = {}, []

    def add(self, contours, matrix):
        """Adds a shape; the matrix leads to the page."""
        a, b, c, d, e, f = matrix
        placed = [numpy.concatenate(contour) @ [[a, b], [c, d]] + [e, f] for contour in contours]
        if placed:
            self.shapes.append(Shape(placed))

    def render_char(self, matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate):
        if id(font) not in self.fonts:
            self.fonts[id(font)] = TTFont(io.BytesIO(font.descriptor["FontFile2"].resolve().get_data()))
        program = self.fonts[id(font)]
        pen = Contours(program.getGlyphSet())
        pen.glyphSet[program.getGlyphOrder()[cid]].draw(pen)
        a, b, c, d, e, f = matrix
        unit = fontsize / program["head"].unitsPerEm
        self.add(pen.contours, (a * unit, b * unit, c * unit, d * unit, e, f))
        return font.char_width(cid) * fontsize * scaling

    def paint_path(self, graphicstate, stroke, fill, evenodd, path):
        assert fill and not stroke, "only areas"
        pen = Contours()
        for operator, *numbers in path:
            points = list(zip(numbers[::2], numbers[1::2]))
            {"m": pen.moveTo, "l": pen.lineTo, "c": pen.curveTo, "h": pen.closePath}[operator](*points)
        self.add(pen.contours, self.ctm)


def pages(path):
    """Height and shapes of every page of a PDF."""
    manager = PDFResourceManager()
    with open(path, "rb") as file:
        for page in PDFPage.get_pages(file):
            device = Shapes(manager)
            PDFPageInterpreter(manager, device).process_page(page)
            yield page.mediabox[3], device.shapes


def share(page, x, y, dpi):
    """How much of the dot in column x and row y is black, from 0 to 1."""
    height, shapes = page
    scale = dpi / 72
    left, right, top, bottom = x / scale, (x + 1) / scale, height - y / scale, height - (y + 1) / scale
    black = [shapely.clip_by_rect(shape.area, left, bottom, right, top) for shape in shapes
             if shape.low[0] < right and shape.high[0] > left and shape.low[1] < top and shape.high[1] > bottom]
    return shapely.unary_union(black).area * scale**2
