; Setup program of Kuälik for Windows: per machine, /S silent, refuses to go back to an older version.
; Exit codes: 0 done, 2 failed, 32 the program is running, 1638 a newer version is installed.
Unicode true
Target amd64-unicode
ManifestDPIAware true
RequestExecutionLevel admin
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
!endif
!include MUI2.nsh
!include x64.nsh
!include FileFunc.nsh
!include WordFunc.nsh

Name "Kuälik"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\Kualik"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "Kuälik"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "Kuälik setup"
VIAddVersionKey /LANG=0 "CompanyName" "Kuälik"
VIAddVersionKey /LANG=0 "LegalCopyright" "Kuälik"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Kualik"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Russian"
!insertmacro MUI_LANGUAGE "English"

Function .onInit
  ${IfNot} ${RunningX64}
    SetErrorLevel 2
    Quit
  ${EndIf}
  SetRegView 64
  ; One place, whatever the command line says: below it everything is replaced.
  StrCpy $INSTDIR "$PROGRAMFILES64\Kualik"
  ReadRegStr $0 HKLM "${UNINSTALL}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "${VERSION}" "$0" $1
    ${If} $1 == 2
      IfSilent +2
      MessageBox MB_OK|MB_ICONSTOP "Установлена более новая версия: $0.$\r$\nЖаңарақ нұсқасы орнатылған: $0."
      SetErrorLevel 1638
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

!macro Icacls RIGHTS
  nsExec::Exec '"$SYSDIR\icacls.exe" "$APPDATA\Kualik" ${RIGHTS}'
  Pop $0
  ${If} $0 != 0
    SetErrorLevel 2
    Abort "Папка станции не закрыта для записи. Станция қалтасы жазуға жабылмады."
  ${EndIf}
!macroend

Section "Kuälik"
  SetShellVarContext all
  ; The station's file names PKCS#11 libraries: only administrators write there, also where a user was first.
  CreateDirectory "$APPDATA\Kualik"
  !insertmacro Icacls '/setowner *S-1-5-32-544 /T /Q'
  !insertmacro Icacls '/reset /T /Q'
  !insertmacro Icacls '/inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX /Q'

  ; The old files step aside as a whole: that fails while one of them is in use, and it can be undone.
  RMDir /r "$INSTDIR.old"
  ${If} ${FileExists} "$INSTDIR\*.*"
    ClearErrors
    Rename "$INSTDIR" "$INSTDIR.old"
    ${If} ${Errors}
      SetErrorLevel 32
      Abort "Закройте Kuälik и повторите. Kuälik жауып, қайталаңыз."
    ${EndIf}
  ${EndIf}
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${PAYLOAD}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    SetOutPath "$TEMP"
    RMDir /r "$INSTDIR"
    Rename "$INSTDIR.old" "$INSTDIR"
    SetErrorLevel 2
    Abort "Файлы не записаны. Файлдар жазылмады."
  ${EndIf}
  RMDir /r "$INSTDIR.old"

  CreateShortcut "$SMPROGRAMS\Kuälik.lnk" "$INSTDIR\kualik.exe"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayName" "Kuälik"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayIcon" "$INSTDIR\kualik.exe"
  WriteRegStr HKLM "${UNINSTALL}" "Publisher" "Kuälik"
  WriteRegStr HKLM "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKLM "${UNINSTALL}" "EstimatedSize" "$0"
SectionEnd

Function un.onInit
  SetRegView 64
  ; Never a folder that somebody moved the uninstaller to.
  StrCpy $INSTDIR "$PROGRAMFILES64\Kualik"
FunctionEnd

Section "Uninstall"
  SetShellVarContext all
  Delete "$SMPROGRAMS\Kuälik.lnk"
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR"
  DeleteRegKey HKLM "${UNINSTALL}"
  ; The users' data and the station's file stay; /PURGE takes them too.
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PURGE" $1
  ${IfNot} ${Errors}
    RMDir /r "$APPDATA\Kualik"
    ReadRegStr $1 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList" "ProfilesDirectory"
    ExpandEnvStrings $1 "$1"
    ${If} $1 == ""
      ExpandEnvStrings $1 "%SystemDrive%\Users"
    ${EndIf}
    FindFirst $2 $3 "$1\*"
    ${DoWhile} $3 != ""
      ${If} $3 != "."
      ${AndIf} $3 != ".."
        ; cmd removes a link that a user planted, and never what it leads to.
        nsExec::Exec 'cmd /c rd /s /q "$1\$3\AppData\Roaming\kualik-workstation"'
        Pop $4
      ${EndIf}
      FindNext $2 $3
    ${Loop}
    FindClose $2
  ${EndIf}
SectionEnd
