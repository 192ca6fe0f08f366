"""The representations of RFC 959 section 3, written from its text alone and in another language than
the server's, so that a misreading that the server's own client shares is seen. A file is a list of
records, or of pages (number, octets); texts have "\n" within."""

import ftplib
import struct
import sys

EOR, EOF, SUSPECT, MARKER = 128, 64, 32, 16


# 3.1.1: types -------------------------------------------------------------------------------------

def to_wire(kind, octets):
    if kind == "A":
        return octets.replace(b"\n", b"\r\n")
    if kind == "E":
        return bytes(EBCDIC[c] for c in octets)
    return octets


def from_wire(kind, octets):
    if kind == "A":
        return octets.replace(b"\r\n", b"\n")
    if kind == "E":
        return bytes(ASCII[c] for c in octets)
    return octets


# Only what is in every EBCDIC is written by hand here: letters, digits, blank, some signs, NL.
EBCDIC = {}
for first, last, code in (("a", "i", 0x81), ("j", "r", 0x91), ("s", "z", 0xA2), ("A", "I", 0xC1),
                          ("J", "R", 0xD1), ("S", "Z", 0xE2), ("0", "9", 0xF0)):
    for offset in range(ord(last) - ord(first) + 1):
        EBCDIC[ord(first) + offset] = code + offset
EBCDIC.update({0x20: 0x40, 0x2E: 0x4B, 0x2C: 0x6B, 0x2D: 0x60, 0x0A: 0x15})
ASCII = {code: char for char, code in EBCDIC.items()}


# 3.4.1: stream mode with records ------------------------------------------------------------------

def stream_records(records):
    out = b"".join(r.replace(b"\xff", b"\xff\xff") + b"\xff\x01" for r in records)
    return out + b"\xff\x02"


def read_stream_records(octets):
    records, record, i = [], bytearray(), 0
    while True:
        if octets[i] != 0xFF:
            record.append(octets[i])
            i += 1
            continue
        code = octets[i + 1]
        i += 2
        if code == 0xFF:
            record.append(0xFF)
            continue
        if code & 1:
            records.append(bytes(record))
            record = bytearray()
        if code & 2:
            assert i == len(octets) and not record
            return records


# 3.4.2: block mode --------------------------------------------------------------------------------

def block(descriptor, octets):
    return struct.pack(">BH", descriptor, len(octets)) + octets


def blocks(records, structured):
    out = b""
    for i, record in enumerate(records):
        pieces = [record[at:at + 7] for at in range(0, len(record), 7)] or [b""]
        for piece in pieces[:-1]:
            out += block(0, piece)
        out += block(EOR if structured else 0, pieces[-1])
        if i % 2:
            out += block(MARKER, b"m%d" % i)
    return out + block(EOF, b"")


def read_blocks(octets):
    records, record, i = [], b"", 0
    while True:
        descriptor, count = struct.unpack_from(">BH", octets, i)
        piece = octets[i + 3:i + 3 + count]
        assert len(piece) == count
        i += 3 + count
        if not descriptor & MARKER:
            record += piece
        if descriptor & EOR:
            records.append(record)
            record = b""
        if descriptor & EOF:
            return records + ([record] if record else []), i


# 3.4.3: compressed mode ---------------------------------------------------------------------------

def compressed(records, structured, filler):
    out = b""
    for n, record in enumerate(records):
        units, i = [], 0
        while i < len(record):
            run = 1
            while run < 63 and record[i + run:i + run + 1] == record[i:i + 1]:
                run += 1
            if run > 1:
                units.append(bytes([0xC0 | run]) if record[i] == filler
                             else bytes([0x80 | run, record[i]]))
            else:
                units.append(bytes([1, record[i]]))
            i += run
        units = units or [b"\xc0"]
        last = EOR if structured else 0
        if n == len(records) - 1:
            last |= EOF
        out += b"".join(units[:-1]) + (bytes([0, last]) if last else b"") + units[-1]
    return out if records else b"\x00\x40\xc0"


def read_compressed(octets, filler):
    records, record, i, descriptor = [], b"", 0, 0
    while True:
        head = octets[i]
        i += 1
        if head == 0:
            descriptor |= octets[i]
            i += 1
            continue
        if head < 0x80:
            piece = octets[i:i + head]
            assert len(piece) == head
            i += head
        elif head < 0xC0:
            piece = octets[i:i + 1] * (head & 63)
            i += 1
        else:
            piece = bytes([filler]) * (head & 63)
        if not descriptor & MARKER:
            record += piece
        if descriptor & EOR:
            records.append(record)
            record = b""
        if descriptor & EOF:
            return records + ([record] if record else []), i
        descriptor = 0


# 3.1.2.3: pages -----------------------------------------------------------------------------------

def pages_to_octets(pages, size):
    def field(value):
        return value.to_bytes(size, "big")
    out = b""
    for index, octets in pages:
        out += field(4) + field(index) + field(len(octets) // size) + field(1) + octets
    return out + field(4) + field(0) + field(0) + field(0)


def octets_to_pages(octets, size):
    pages, i = [], 0
    while True:
        length, index, count, kind = (
            int.from_bytes(octets[i + n * size:i + (n + 1) * size], "big") for n in range(4))
        i += length * size
        if kind == 0:
            assert (length, count, i) == (4, 0, len(octets))
            return pages
        pages.append((index, octets[i:i + count * size]))
        i += count * size


# a session ----------------------------------------------------------------------------------------

class Session:

    def __init__(self, port, user, password):
        self.ftp = ftplib.FTP()
        self.ftp.connect("127.0.0.1", port)
        self.ftp.login(user, password)
        self.type, self.structure, self.mode, self.size = "A", "F", "S", 1

    def represent(self, kind, structure, mode):
        self.ftp.voidcmd("TYPE " + kind)
        self.ftp.voidcmd("STRU " + structure)
        self.ftp.voidcmd("MODE " + mode)
        self.type, self.structure, self.mode = kind[0], structure, mode
        self.size = int(kind[2:]) // 8 if kind[0] == "L" else 1

    def filler(self):
        return {"A": 0x20, "E": 0x40}.get(self.type, 0)

    def put(self, name, content):
        if self.structure == "P":
            records = [pages_to_octets(content, self.size)]
        else:
            records = [to_wire(self.type, record) for record in content]
        structured = self.structure == "R"
        if self.mode == "B":
            octets = blocks(records, structured)
        elif self.mode == "C":
            octets = compressed(records, structured, self.filler())
        else:
            octets = stream_records(records) if structured else b"".join(records)
        data = self.ftp.transfercmd("STOR " + name)
        data.sendall(octets)
        # the other two modes tell the end; the connection may stay, and is closed by the next EPSV
        if self.mode == "S":
            data.close()
            reply = self.ftp.voidresp()
            assert reply[:3] == "226", reply
        else:
            while True:
                reply = self.ftp.getresp()
                if reply[:3] != "110":
                    break
            assert reply[:3] == "250", reply
            data.close()

    def get(self, name):
        data = self.ftp.transfercmd("RETR " + name)
        octets = b""
        data.settimeout(20)
        if self.mode == "S":
            while more := data.recv(65536):
                octets += more
            self.ftp.voidresp()
            if self.structure == "P":
                return octets_to_pages(octets, self.size)
            return [from_wire(self.type, r) for r in (
                read_stream_records(octets) if self.structure == "R" else [octets])]
        while True:
            octets += data.recv(65536)
            try:
                records, used = (read_blocks(octets) if self.mode == "B"
                                 else read_compressed(octets, self.filler()))
                break
            except (IndexError, AssertionError, struct.error):
                continue  # not all of it yet
        assert used == len(octets)
        assert self.ftp.voidresp()[:3] == "250"
        data.close()
        if self.structure == "P":
            return octets_to_pages(b"".join(records), self.size)
        return [from_wire(self.type, record) for record in records]


def main():
    session = Session(int(sys.argv[1]), sys.argv[2], sys.argv[3])
    text = [b"The first line", b"", b"   blanks    and more     of them", b"aaaaaaaaaaaaaaaa", b"end"]
    image = [b"\x00\x00\x00\xff\xff\x01", b"\n", bytes(range(256)) * 3]
    pages = [(0, b"abcd" * 8), (5, b"efgh" * 3), (200, b"\x00" * 60)]
    for up in "SBC":
        for kind in "AE":
            session.represent(kind, "R", up)
            session.put("text", text)
            for down in "SBC":
                for other in "AE":
                    session.represent(other, "R", down)
                    assert session.get("text") == text, (kind, up, other, down)
                    session.represent(other, "F", down)
                    assert b"".join(session.get("text")) == b"\n".join(text) + b"\n", (other, down)
            session.represent(kind, "R", up)
        session.represent("I", "R", up)
        session.put("image", image)
        for size in ("I", "L 32"):
            session.represent(size, "P", up)
            session.put("pages", pages)
        for down in "SBC":
            session.represent("I", "R", down)
            assert session.get("image") == image, (up, down)
            session.represent("I", "F", down)
            assert b"".join(session.get("image")) == b"".join(image), (up, down)
            session.represent("L 32", "P", down)
            assert session.get("pages") == pages, (up, down)
            session.represent("I", "F", down)
            flat = b"".join(session.get("pages"))
            assert flat[5 * 60:5 * 60 + 12] == b"efgh" * 3 and len(flat) == 201 * 60, len(flat)
            session.put("plain", [b"one", b"two"])
            assert b"".join(session.get("plain")) == b"onetwo"
    session.ftp.quit()
    print("all is well")


main()
