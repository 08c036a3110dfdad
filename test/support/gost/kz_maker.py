#!/usr/bin/env python3
"""An independent maker and checker of Kazakhstan's GOST layout: OpenSSL's GOST engine computes, this file lays the
bytes out by hand. It shares no line with the program's own code. Reads one JSON order on stdin, answers JSON."""
import base64
import datetime
import json
import os
import subprocess
import sys
import tempfile

KEY, SET_A = '1.2.398.3.10.1.1.2.2', '1.2.398.3.10.1.1.2.2.1'
SIGNATURE, DIGEST = '1.2.398.3.10.1.1.2.3.2', '1.2.398.3.10.1.3.3'
RU_KEY, RU_SET_A = '1.2.643.7.1.1.1.2', '1.2.643.7.1.2.1.2.1'

workdir = tempfile.mkdtemp(prefix='kualik-gost-')


def path(name):
    return os.path.join(workdir, name)


CONFIGURATION = 'openssl_conf=o\n[o]\nengines=e\n[e]\ngost=g\n[g]\nengine_id=gost\ndefault_algorithms=ALL\n'
with open(path('openssl.cnf'), 'w') as conf:
    conf.write(CONFIGURATION)


def openssl(*args, data=None):
    done = subprocess.run(['openssl', *args], input=data, capture_output=True,
                          env={**os.environ, 'OPENSSL_CONF': path('openssl.cnf')})
    if done.returncode != 0:
        raise SystemExit('openssl %s: %s' % (args[0], done.stderr.decode()))
    return done.stdout


# ---- DER by hand

def tlv(tag, *parts):
    body = b''.join(parts)
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, 'big')
    return bytes([tag, 128 + len(length)]) + length + body


def seq(*parts):
    return tlv(0x30, *parts)


def set_of(*parts):
    return tlv(0x31, *sorted(parts))


def oid(text):
    first, second, *rest = [int(arc) for arc in text.split('.')]
    out = bytearray([first * 40 + second])
    for arc in rest:
        group = [arc & 127]
        while arc > 127:
            arc >>= 7
            group.append((arc & 127) | 128)
        out += bytes(reversed(group))
    return tlv(6, bytes(out))


NULL = tlv(5)


def integer(value):
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, 'big'))


def utc(when):
    return tlv(0x17, when.strftime('%y%m%d%H%M%SZ').encode())


def bits(body, unused=0):
    return tlv(3, bytes([unused]), body)


def rdn(attribute, text, tag=0x0C):
    return tlv(0x31, seq(oid(attribute), tlv(tag, text.encode())))


def extension(name, value, critical=False):
    return seq(oid(name), *([tlv(1, b'\xff')] if critical else []), tlv(4, value))


def read(data, at=0):
    """(tag, start of the value, end) of the element at `at`."""
    size, start = data[at + 1], at + 2
    if size >= 128:
        count = size - 128
        size, start = int.from_bytes(data[start:start + count], 'big'), start + count
    return data[at], start, start + size


def children(data, start, end):
    while start < end:
        tag, inner, stop = read(data, start)
        yield tag, data[start:stop], data[inner:stop]
        start = stop


def parts(element):
    _, start, end = read(element)
    return list(children(element, start, end))


# ---- keys and signatures: the engine speaks the Russian layout

class Key:
    count = 0

    def __init__(self):
        Key.count += 1
        self.file = path('key%d.pem' % Key.count)
        openssl('genpkey', '-algorithm', 'gost2012_512', '-pkeyopt', 'paramset:A', '-out', self.file)
        spki = openssl('pkey', '-in', self.file, '-pubout', '-outform', 'DER')
        self.octets = parts(spki)[1][2][1:]  # the OCTET STRING inside the BIT STRING: the same in both layouts

    def spki(self):
        return seq(seq(oid(KEY), seq(oid(SET_A), oid(DIGEST))), bits(self.octets))

    def russian(self, data):
        name = path('data')
        with open(name, 'wb') as out:
            out.write(data)
        return openssl('dgst', '-md_gost12_512', '-sign', self.file, '-binary', name)

    def sign(self, data):
        return self.russian(data)[::-1]


def streebog(data):
    return openssl('dgst', '-md_gost12_512', '-binary', data=data)


def sha1(data):
    return openssl('dgst', '-sha1', '-binary', data=data)


def sha256(data):
    return openssl('dgst', '-sha256', '-binary', data=data)


# ---- certificates and CMS

ALGORITHM = seq(oid(SIGNATURE), NULL)
DIGEST_ALGORITHM = seq(oid(DIGEST), NULL)


def certificate(serial, issuer_name, issuer_key, subject, key, not_before, not_after, extensions):
    tbs = seq(
        tlv(0xA0, integer(2)), integer(serial), ALGORITHM, issuer_name,
        seq(utc(not_before), utc(not_after)), subject, key.spki(), tlv(0xA3, seq(*extensions)))
    return seq(tbs, ALGORITHM, bits(issuer_key.sign(tbs)))


def key_ids(key, issuer_key):
    return [extension('2.5.29.14', tlv(4, sha1(key.octets))),
            extension('2.5.29.35', seq(tlv(0x80, sha1(issuer_key.octets))))]


def authority(name_text, serial, issuer_name, issuer_key, key, term, path_length):
    constraint = [tlv(1, b'\xff')] + ([integer(path_length)] if path_length is not None else [])
    return certificate(serial, issuer_name, issuer_key, ca_name(name_text), key, *term, [
        extension('2.5.29.19', seq(*constraint), True),
        extension('2.5.29.15', bits(b'\x06', 1), True),
        *key_ids(key, issuer_key)])


def ca_name(text):
    return seq(rdn('2.5.4.3', text), rdn('2.5.4.6', 'KZ', 0x13))


def person_name(who):
    return seq(
        rdn('2.5.4.3', who['surname'] + ' ' + who['name']), rdn('2.5.4.4', who['surname']),
        rdn('2.5.4.5', 'IIN' + who['iin'], 0x13), rdn('2.5.4.6', 'KZ', 0x13),
        *([rdn('2.5.4.10', who['organisation']), rdn('2.5.4.11', 'BIN' + who['bin'])] if 'bin' in who else []),
        rdn('2.5.4.42', who['patronymic']))


def attribute(name, value):
    return seq(oid(name), tlv(0x31, value))


def cms(content, leaf, issuing, issuer_name, serial, key, when, ess, russian_order):
    reference = {
        'sha256': lambda: seq(seq(seq(tlv(4, sha256(leaf))))),
        'streebog': lambda: seq(seq(seq(seq(oid(DIGEST)), tlv(4, streebog(leaf))))),
    }
    attributes = [
        attribute('1.2.840.113549.1.9.3', oid('1.2.840.113549.1.7.1')),
        attribute('1.2.840.113549.1.9.4', tlv(4, streebog(content))),
        attribute('1.2.840.113549.1.9.5', utc(when)),
    ] + ([attribute('1.2.840.113549.1.9.16.2.47', reference[ess]())] if ess in reference else [])
    signed = set_of(*attributes)
    signature = key.russian(signed) if russian_order else key.sign(signed)
    info = seq(
        integer(1), seq(issuer_name, integer(serial)), DIGEST_ALGORITHM, b'\xa0' + signed[1:], ALGORITHM,
        tlv(4, signature))
    data = seq(
        integer(1), tlv(0x31, DIGEST_ALGORITHM), seq(oid('1.2.840.113549.1.7.1')),
        tlv(0xA0, *sorted([leaf, issuing])), tlv(0x31, info))
    return seq(oid('1.2.840.113549.1.7.2'), tlv(0xA0, data))


def make(order):
    now = datetime.datetime.fromisoformat(order['now'].replace('Z', '+00:00'))
    days = lambda count: now + datetime.timedelta(days=count)
    term = (days(-900), days(900))
    content = base64.b64decode(order['content'])
    root_key, issuing_key, key = Key(), Key(), Key()
    root_name, issuing_name = ca_name('GOST TEST ROOT'), ca_name('GOST TEST ISSUING')
    root = authority('GOST TEST ROOT', 1001, root_name, root_key, root_key, term, None)
    issuing = authority('GOST TEST ISSUING', 1002, root_name, root_key, issuing_key, term, 0)
    serial = 0x6C425659BD2FC6DC587B871AEDE1857727CF8451
    officer = 'bin' in order['person']
    roles = ['1.2.398.3.3.4.1.2', '1.2.398.3.3.4.1.2.2'] if officer else ['1.2.398.3.3.4.1.1']
    leaf = certificate(serial, issuing_name, issuing_key, person_name(order['person']), key, days(-30), days(300), [
        extension('2.5.29.37', seq(oid('1.3.6.1.5.5.7.3.4'), *map(oid, roles))),
        # digitalSignature, nonRepudiation, keyAgreement: what the NCA writes for these keys
        extension('2.5.29.15', bits(b'\xc8', 3), True),
        extension('2.5.29.32', seq(seq(oid('1.2.398.3.3.2')))),
        *key_ids(key, issuing_key),
        extension('1.2.398.3.3.5', seq(oid('1.2.398.3.3.5.2.2' if officer else '1.2.398.3.3.5.1.1')))])
    if officer:
        with open(key.file, 'rb') as pem:
            return {'root': root, 'issuing': issuing, 'leaf': leaf, 'keyPem': pem.read(),
                    'opensslConf': CONFIGURATION.encode()}
    build = lambda ess, russian: cms(content, leaf, issuing, issuing_name, serial, key, now, ess, russian)
    return {
        'root': root, 'issuing': issuing, 'leaf': leaf,
        'plain': build(None, False), 'bound': build('sha256', False), 'boundByStreebog': build('streebog', False),
        'russianOrder': build('sha256', True)}


def check(order):
    """Verifies the NCA's layout by turning key and signature into the Russian one and asking the engine."""
    message, content = base64.b64decode(order['cms']), base64.b64decode(order['content'])
    signer = base64.b64decode(order['certificate'])
    issuer = base64.b64decode(order['issuer'])
    data = parts(parts(parts(message)[1][1])[0][1])
    info = parts(parts(data[-1][1])[0][1])
    attributes = b'\x31' + info[3][1][1:]
    values = {parts(one)[0][1]: parts(parts(one)[1][1])[0][2] for _, one, _ in parts(attributes)}
    tbs, _, signature = parts(signer)
    return {
        'digest': values[oid('1.2.840.113549.1.9.4')] == streebog(content),
        'signature': fits(signer, attributes, info[5][2]),
        'issued': fits(issuer, tbs[1], signature[2][1:]),
        'asItStands': fits(signer, attributes, info[5][2][::-1])}


def fits(cert, data, signature):
    spki = parts(parts(cert)[0][1])[6][1]
    octets = parts(spki)[1][2][1:]
    with open(path('key.der'), 'wb') as out:
        out.write(seq(seq(oid(RU_KEY), seq(oid(RU_SET_A))), bits(octets)))
    for name, body in (('data', data), ('sig', signature[::-1])):
        with open(path(name), 'wb') as out:
            out.write(body)
    done = subprocess.run(
        ['openssl', 'dgst', '-md_gost12_512', '-verify', path('key.der'), '-keyform', 'DER', '-signature',
         path('sig'), path('data')],
        capture_output=True, env={**os.environ, 'OPENSSL_CONF': path('openssl.cnf')})
    return done.returncode == 0 and b'Verified OK' in done.stdout


def digests(order):
    """Streebog of each message by the engine, both lengths."""
    out = {}
    for name in ('md_gost12_256', 'md_gost12_512'):
        files = []
        for index, message in enumerate(order['messages']):
            files.append(path('m%04d' % index))
            with open(files[-1], 'wb') as target:
                target.write(base64.b64decode(message))
        lines = openssl('dgst', '-' + name, *files).decode().splitlines()
        out[name] = [line.rsplit('= ', 1)[1] for line in lines]
    return out


def encoded(value):
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


try:
    request = json.load(sys.stdin)
    answer = {'make': make, 'check': check, 'digests': digests}[request['do']](request)
    json.dump({name: encoded(value) for name, value in answer.items()}, sys.stdout)
finally:
    for left in os.listdir(workdir):
        os.unlink(path(left))
    os.rmdir(workdir)
