// Checks detached CMS with BouncyCastle: signature over the content, and that signing-certificate-v2 fits.
// Arguments: pairs of content and CMS files; one line of answer a pair.
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Security;
import java.util.Arrays;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

public class BouncyCheck {
  public static void main(String[] args) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    for (int i = 0; i + 1 < args.length; i += 2) check(args[i], args[i + 1]);
  }

  private static void check(String contentFile, String cmsFile) throws Exception {
    byte[] content = Files.readAllBytes(Path.of(contentFile));
    byte[] cms = Files.readAllBytes(Path.of(cmsFile));
    CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(content), cms);
    SignerInformation signer = data.getSignerInfos().getSigners().iterator().next();
    X509CertificateHolder holder =
        (X509CertificateHolder) data.getCertificates().getMatches(signer.getSID()).iterator().next();
    String signature;
    try {
      signature = String.valueOf(signer.verify(
          new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(holder)));
    } catch (Exception e) {
      signature = e.getMessage();
    }
    ESSCertIDv2 id = SigningCertificateV2.getInstance(signer.getSignedAttributes()
        .get(PKCSObjectIdentifiers.id_aa_signingCertificateV2).getAttrValues().getObjectAt(0)).getCerts()[0];
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(holder.getEncoded());
    System.out.println("signature=" + signature
        + " signingCertificateV2=" + Arrays.equals(id.getCertHash(), hash));
  }
}
