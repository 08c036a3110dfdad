# A PIV card in software for vpcd: PIN and PUK counters, a PIN-always key, insertion and removal on command.
"""Usage: piv-card.py FOLDER PORT

FOLDER holds guid (32 hex), 9a.key, 9a.der, 9c.key, 9c.der (PKCS#8 PEM, certificate DER); state.json
(PIN, PUK, tries left) is written there. Commands come as lines on stdin, each is answered by one
JSON line on stdout:
  insert | remove            the card goes into the reader of vpcd at PORT, or out of it
  remove-at verify:N | sign  pulled out right after the Nth good VERIFY, or before a signature is given
  counters                   what the card itself has seen
References: NIST SP 800-73-4 part 2; vpcd protocol: two bytes of length, then a control byte or an APDU.
"""
import json
import os
import socket
import struct
import sys
import threading
import time

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils

ATR = bytes.fromhex("3B8810735049565F454D5500")  # T=0, historical bytes of no known product
AID = bytes.fromhex("A000000308000010000100")
TRIES = 3
OBJECTS = {"5FC105": 0x9A, "5FC10A": 0x9C}
FASC_N = bytes.fromhex("D4E739DA739CED39CE739D836858210842108421C84210C3EB")


def tlv(tag, value):
    size = len(value)
    head = bytes([size]) if size < 128 else b"\x82" + struct.pack(">H", size)
    return bytes.fromhex(tag) + head + value


def length_at(data, at):
    """(length, first byte of the value) of a BER length."""
    first = data[at]
    if first < 128:
        return first, at + 1
    count = first & 0x7F
    return int.from_bytes(data[at + 1 : at + 1 + count], "big"), at + 1 + count


def challenge_of(template):
    """Value of tag 81 inside the dynamic authentication template 7C."""
    _, at = length_at(template, 1)
    while at < len(template):
        tag = template[at]
        size, start = length_at(template, at + 1)
        if tag == 0x81:
            return template[start : start + size]
        at = start + size
    return None


class Card:
    """The applet: APDU in, answer with status word out."""

    def __init__(self, folder):
        self.folder = folder
        self.guid = bytes.fromhex(self.text("guid").strip())
        self.keys = {slot: self.key(slot) for slot in (0x9A, 0x9C)}
        self.certs = {slot: self.bytes(f"{slot:02x}.der") for slot in (0x9A, 0x9C)}
        self.counters = {"verify": 0, "refused": 0, "signed": 0}
        self.state_file = os.path.join(folder, "state.json")
        with open(self.state_file, encoding="utf8") as file:
            self.state = json.load(file)
        self.reset()

    def text(self, name):
        return self.bytes(name).decode()

    def bytes(self, name):
        with open(os.path.join(self.folder, name), "rb") as file:
            return file.read()

    def key(self, slot):
        return serialization.load_pem_private_key(self.bytes(f"{slot:02x}.key"), None)

    def save(self):
        with open(self.state_file, "w", encoding="utf8") as file:
            json.dump(self.state, file)

    def reset(self):
        """Power off, power on, warm reset: nobody is logged in."""
        self.selected = self.verified = self.fresh = False
        self.rest = self.chained = b""

    def answer(self, apdu):
        cla, ins, p1, p2 = apdu[:4]
        data = apdu[5 : 5 + apdu[4]] if len(apdu) > 5 else b""
        if ins == 0xC0:
            return self.give(self.rest, apdu[4] or 256)
        if cla & 0x10:
            self.chained += data
            return b"\x90\x00"
        data, self.chained = self.chained + data, b""
        if ins == 0xA4:
            return self.select(p1, data)
        if not self.selected:
            return b"\x6d\x00"
        handler = {0xCB: self.get_data, 0x20: self.verify, 0x24: self.change, 0x2C: self.unblock, 0x87: self.sign}.get(ins)
        return handler(p1, p2, data) if handler else b"\x6d\x00"

    def give(self, data, most=256):
        """As much as was asked for; the rest waits for GET RESPONSE (61 00: 256 bytes or more)."""
        data, self.rest = data[:most], data[most:]
        left = len(self.rest)
        return data + (struct.pack(">H", 0x6100 | (left if left < 256 else 0)) if left else b"\x90\x00")

    def select(self, p1, data):
        self.selected = p1 == 4 and len(data) >= 5 and AID.startswith(data[:9])
        self.fresh = False
        if not self.selected:
            return b"\x6a\x82"
        return self.give(tlv("61", tlv("4F", AID[5:]) + tlv("79", tlv("4F", AID[:5]))))

    def get_data(self, _p1, _p2, data):
        tag = data[2 : 2 + data[1]].hex().upper()
        if tag == "5FC102":
            fields = tlv("30", FASC_N) + tlv("34", self.guid) + tlv("35", b"20401231") + tlv("3E", b"")
            return self.give(tlv("53", fields + tlv("FE", b"")))
        if tag == "7E":  # only the application PIN
            return self.give(tlv("7E", tlv("4F", AID) + tlv("5F2F", b"\x40\x00")))
        slot = OBJECTS.get(tag)
        if slot is None:
            return b"\x6a\x82"
        return self.give(tlv("53", tlv("70", self.certs[slot]) + tlv("71", b"\x00") + tlv("FE", b"")))

    def compare(self, secret, name):
        """Counts a try; the status word when it is refused, None when it fits."""
        tries = f"{name}Tries"
        if self.state[tries] == 0:
            return b"\x69\x83"
        if secret.rstrip(b"\xff") == self.state[name].encode():
            self.state[tries] = TRIES
            self.save()
            return None
        self.counters["refused"] += 1
        self.state[tries] -= 1
        self.save()
        return b"\x69\x83" if self.state[tries] == 0 else struct.pack(">H", 0x63C0 | self.state[tries])

    def verify(self, p1, p2, data):
        if p2 != 0x80:
            return b"\x6a\x88"
        if p1 == 0xFF:
            self.verified = self.fresh = False
            return b"\x90\x00"
        if not data:  # how many tries are left
            if self.verified:
                return b"\x90\x00"
            left = self.state["pinTries"]
            return b"\x69\x83" if left == 0 else struct.pack(">H", 0x63C0 | left)
        self.verified = self.fresh = False
        self.counters["verify"] += 1
        refused = self.compare(data, "pin")
        if refused:
            return refused
        self.verified = self.fresh = True
        return b"\x90\x00"

    def change(self, _p1, _p2, data):
        name = {0x80: "pin", 0x81: "puk"}[_p2]
        refused = self.compare(data[:8], name)
        return refused or self.renew(name, data[8:16])

    def unblock(self, _p1, _p2, data):
        refused = self.compare(data[:8], "puk")
        return refused or self.renew("pin", data[8:16])

    def renew(self, name, padded):
        self.state[name] = padded.rstrip(b"\xff").decode()
        self.state[f"{name}Tries"] = TRIES
        self.save()
        return b"\x90\x00"

    def sign(self, _algorithm, slot, data):
        key = self.keys.get(slot)
        if key is None:
            return b"\x6a\x88"
        # 9C: the PIN must be the very last thing before the signature, each time.
        if not self.verified or (slot == 0x9C and not self.fresh):
            return b"\x69\x82"
        self.fresh = False
        challenge = challenge_of(data)
        if challenge is None:
            return b"\x6a\x80"
        if isinstance(key, rsa.RSAPrivateKey):  # raw RSA: the host pads
            numbers = key.private_numbers()
            modulus = numbers.public_numbers.n
            value = pow(int.from_bytes(challenge, "big"), numbers.d, modulus)
            signature = value.to_bytes((modulus.bit_length() + 7) // 8, "big")
        else:
            signature = key.sign(challenge, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
        self.counters["signed"] += 1
        return self.give(tlv("7C", tlv("82", signature)))


class Reader:
    """The card's side of one vpcd slot; connected means inserted."""

    def __init__(self, card, port):
        self.card, self.port = card, port
        self.line = None
        self.inside = threading.Event()
        self.pull = None  # ("verify", n) or ("sign", 1)

    def insert(self):
        self.inside.set()

    def remove(self):
        self.inside.clear()
        line, self.line = self.line, None
        if line:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def receive(self, line, size):
        got = b""
        while len(got) < size:
            # vpcd sends length and command apart: without a quick ACK each command waits 40 ms.
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            part = line.recv(size - len(got))
            if not part:
                raise EOFError
            got += part
        return got

    def pulled_at(self, event):
        if self.pull is None or self.pull[0] != event:
            return False
        self.pull = (event, self.pull[1] - 1)
        if self.pull[1] > 0:
            return False
        self.pull = None
        return True

    def serve(self, line):
        while True:
            message = self.receive(line, struct.unpack(">H", self.receive(line, 2))[0])
            if len(message) == 1:  # 0 off, 1 on, 2 reset, 4 ATR
                if message[0] == 4:
                    line.sendall(struct.pack(">H", len(ATR)) + ATR)
                else:
                    self.card.reset()
                continue
            if message[1] == 0x87 and not message[0] & 0x10 and self.pulled_at("sign"):
                return self.remove()
            reply = self.card.answer(message)
            line.sendall(struct.pack(">H", len(reply)) + reply)
            if message[1] == 0x20 and self.card.fresh and len(message) > 5 and self.pulled_at("verify"):
                return self.remove()

    def run(self):
        while True:
            self.inside.wait()
            try:
                line = socket.create_connection(("127.0.0.1", self.port), timeout=5)
                line.settimeout(None)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.line = line
                self.serve(line)
            except (OSError, EOFError):
                time.sleep(0.05)
            self.card.reset()


def main():
    card = Card(sys.argv[1])
    reader = Reader(card, int(sys.argv[2]))
    threading.Thread(target=reader.run, daemon=True).start()
    for order in sys.stdin:
        word, _, rest = order.strip().partition(" ")
        if word == "insert":
            reader.insert()
        elif word == "remove":
            reader.remove()
        elif word == "remove-at":
            event, _, count = rest.partition(":")
            reader.pull = (event, int(count or 1))
        known = {name: card.state[name] for name in ("pinTries", "pukTries")}
        print(json.dumps({**card.counters, **known, "inside": reader.inside.is_set()}), flush=True)


main()
